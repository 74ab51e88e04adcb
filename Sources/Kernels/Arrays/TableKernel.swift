/// Rows of a table `[rows, units]` taken by whole numbers that stand as floats.
package enum TableKernel {
  /// The row that a number means, nothing where it is not whole or there is no such row.
  @inline(__always) package static func row(_ number: Float, rows: Int) -> Int? {
    guard number >= 0, number < Float(rows), number == number.rounded(.towardZero) else {
      return nil
    }
    return Int(number)
  }

  /// The place of the first number without a row, or nothing.
  package static func firstStray(
    _ x: UnsafePointer<Float>, count: Int, rows: Int
  ) -> Int? {
    for index in 0..<count where row(x[index], rows: rows) == nil { return index }
    return nil
  }

  /// y = the row of each number; zeros for those without one.
  package static func forward(
    _ x: UnsafePointer<Float>, count: Int, table: UnsafePointer<Float>, rows: Int, units: Int,
    into y: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count {
      let target = y + index &* units
      if let row = row(x[index], rows: rows) {
        target.update(from: table + row &* units, count: units)
      } else {
        target.update(repeating: 0, count: units)
      }
    }
  }

  /// Sums dy of all places of a row into its gradient, for some of the units, in the order of the places.
  package static func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, count: Int, rows: Int, units: Int,
    own: Range<Int>, into gradient: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      (gradient + row &* units + own.lowerBound).update(repeating: 0, count: own.count)
    }
    for index in 0..<count {
      guard let row = row(x[index], rows: rows) else { continue }
      Elementwise.accumulate(
        dy + index &* units + own.lowerBound, into: gradient + row &* units + own.lowerBound,
        count: own.count)
    }
  }
}
