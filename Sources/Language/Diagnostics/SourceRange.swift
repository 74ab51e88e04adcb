/// A stretch of a source text in UTF-8 offsets, `lowerBound..<upperBound`; empty where something is
/// missing.
package struct SourceRange: Sendable, Hashable {
  package let source: SourceText
  package let lowerBound: Int
  package let upperBound: Int

  /// A range of bytes of a text.
  package init(source: SourceText, lowerBound: Int, upperBound: Int) {
    self.source = source
    self.lowerBound = lowerBound
    self.upperBound = max(lowerBound, upperBound)
  }

  /// The text that the range covers.
  package var text: String { source.text(in: lowerBound..<upperBound) }

  package var isEmpty: Bool { lowerBound == upperBound }

  /// The empty range behind this one.
  package var end: SourceRange { source.range(upperBound, upperBound) }

  /// The range from the beginning of this one to the end of another in the same source.
  package func extended(to other: SourceRange) -> SourceRange {
    guard source === other.source else { return self }
    return source.range(
      min(lowerBound, other.lowerBound), max(upperBound, other.upperBound))
  }

  package static func == (left: SourceRange, right: SourceRange) -> Bool {
    left.source === right.source && left.lowerBound == right.lowerBound
      && left.upperBound == right.upperBound
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(source))
    hasher.combine(lowerBound)
    hasher.combine(upperBound)
  }
}
