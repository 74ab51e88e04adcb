/// A range of places as it is typed: `2:6`, `4:`, `:-1`; below 0 places count from the end.
package struct SliceRange: Hashable, Sendable {
  /// The first place kept, the first of all where nothing is said.
  package let from: Int?

  /// The first place behind, none where nothing is said.
  package let to: Int?

  /// From a place to the one before another.
  package init(from: Int? = nil, to: Int? = nil) { (self.from, self.to) = (from, to) }

  /// The range of a text, or nothing where it is none.
  init?(_ text: some StringProtocol) {
    let ends = text.split(separator: ":", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    for end in ends where !end.isEmpty && Int(end) == nil { return nil }
    self.init(from: Int(ends[0]), to: Int(ends[1]))
  }

  /// The places of so many that are kept; nothing where there are none, or not so many.
  func places(of extent: Int) -> Range<Int>? {
    let first = Self.place(from ?? 0, of: extent)
    let end = Self.place(to ?? extent, of: extent)
    guard first >= 0, first < end, end <= extent else { return nil }
    return first..<end
  }

  /// The same as far as there are so many places; all of them where none would be kept.
  func clamped(to extent: Int) -> SliceRange {
    let range = SliceRange(
      from: from.map { min(max($0, -extent), extent) }, to: to.map { min(max($0, -extent), extent) }
    )
    return range.places(of: extent) == nil ? SliceRange(from: 0) : range
  }

  private static func place(_ place: Int, of extent: Int) -> Int {
    place < 0 ? saturatingSum(place, extent) : place
  }

  /// Several as they are typed: `1:-1x0:4`.
  static func text(of ranges: [SliceRange]) -> String {
    ranges.map(\.description).joined(separator: "x")
  }
}

extension SliceRange: CustomStringConvertible {
  /// As it is typed: `2:6`.
  package var description: String { "\(from.map(String.init) ?? ""):\(to.map(String.init) ?? "")" }
}
