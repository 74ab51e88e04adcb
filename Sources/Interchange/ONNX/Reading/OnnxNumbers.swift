/// A few integers in a shape, which nodes compute for those that take extents or axes.
struct OnnxNumbers: Equatable {
  let shape: [Int]
  let values: [Int]

  /// The most that are computed.
  static let limit = 64

  /// Joins a shape and values; nothing where they do not agree, or are too many.
  init?(shape: [Int], values: [Int]) {
    guard values.count <= Self.limit, shape.count <= 2,
      shape.allSatisfy({ (0...Self.limit).contains($0) }), shape.reduce(1, *) == values.count
    else { return nil }
    self.shape = shape
    self.values = values
  }

  /// Integers in a row.
  init?(_ values: [Int]) { self.init(shape: [values.count], values: values) }

  /// The same values in another shape, of which one extent may be -1.
  func reshaped(_ extents: [Int]) -> OnnxNumbers? {
    var extents = extents
    if let open = extents.firstIndex(of: -1) {
      let rest = extents.filter { $0 > 0 && $0 <= Self.limit }.reduce(1) {
        min($0 * $1, Self.limit)
      }
      extents[open] = values.count / max(rest, 1)
    }
    return OnnxNumbers(shape: extents, values: values)
  }

  /// Columns for rows.
  var transposed: OnnxNumbers? {
    guard shape.count == 2 else { return self }
    let columns = (0..<shape[1]).flatMap { column in
      (0..<shape[0]).map { values[$0 * shape[1] + column] }
    }
    return OnnxNumbers(shape: shape.reversed(), values: columns)
  }

  /// The rows, or single values, at places.
  func rows(_ places: [Int]) -> OnnxNumbers? {
    guard let count = shape.first, places.allSatisfy({ (0..<count).contains($0) }) else {
      return nil
    }
    let width = shape.dropFirst().first ?? 1
    return OnnxNumbers(
      shape: [places.count] + shape.dropFirst(),
      values: places.flatMap { values[$0 * width..<($0 + 1) * width] })
  }

  /// The rows from one to another, as ONNX slices them.
  func slice(from start: Int, to end: Int, step: Int) -> OnnxNumbers? {
    guard let count = shape.first, step == 1 || step == -1 else { return nil }
    func place(_ place: Int, in range: ClosedRange<Int>) -> Int {
      let counted = place < 0 ? max(place, -Self.limit - 1) + count : place
      return min(max(counted, range.lowerBound), range.upperBound)
    }
    if step == 1 {
      let first = place(start, in: 0...count)
      return rows(Array(first..<max(first, place(end, in: 0...count))))
    }
    guard count > 0 else { return self }
    let (first, last) = (place(start, in: 0...count - 1), place(end, in: -1...count - 1))
    return rows(Array(stride(from: first, to: last, by: -1)))
  }
}
