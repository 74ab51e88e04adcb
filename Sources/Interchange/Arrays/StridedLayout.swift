/// Where the elements of an array lie in a stretch of elements: so many apart along each axis.
struct StridedLayout: Sendable {
  /// Extents and distances in elements, outermost first; as many of one as of the other.
  let shape: [Int]
  let strides: [Int]

  /// Joins extents and distances, of which none is negative.
  init(shape: [Int], strides: [Int]) {
    self.shape = shape
    self.strides = strides
  }

  /// Elements from the first to the last, both counted, or nothing where they are beyond a machine integer.
  var span: Int? {
    if shape.contains(0) { return 0 }
    var last = 0
    for (extent, stride) in zip(shape, strides) {
      let (distance, overflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, carry) = last.addingReportingOverflow(distance)
      if overflow || carry { return nil }
      last = sum
    }
    let (span, overflow) = last.addingReportingOverflow(1)
    return overflow ? nil : span
  }

  /// Whether the elements lie row-major and without gaps.
  var isRowMajor: Bool {
    var expected = 1
    for (extent, stride) in zip(shape, strides).reversed() where extent != 1 {
      if stride != expected { return false }
      let (next, overflow) = expected.multipliedReportingOverflow(by: extent)
      if overflow { return false }
      expected = next
    }
    return true
  }

  /// Calls `body` with the place of the first element of each row, row-major.
  func forEachRow(_ body: (Int) throws(FileError) -> Void) throws(FileError) {
    if shape.contains(0) { return }
    var index = [Int](repeating: 0, count: max(0, shape.count - 1))
    var place = 0
    while true {
      try body(place)
      var axis = index.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < shape[axis] { break }
        place -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}
