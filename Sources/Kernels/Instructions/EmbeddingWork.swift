/// Looks up the rows of numbers; stops at one that has none.
package struct LookUpWork {
  let x: UnsafePointer<Float>
  package let count: Int
  let table: UnsafePointer<Float>
  package let vocabulary: Int
  package let units: Int
  let y: UnsafeMutablePointer<Float>

  /// Gets the number that has no row.
  let stray: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, count: Int, table: UnsafePointer<Float>, vocabulary: Int, units: Int,
    y: UnsafeMutablePointer<Float>, stray: UnsafeMutablePointer<Float>
  ) {
    self.x = x
    self.count = count
    self.table = table
    self.vocabulary = vocabulary
    self.units = units
    self.y = y
    self.stray = stray
  }

  /// The status of a number without a row.
  package static let stray: Int32 = -1

  func run() -> Int32 {
    if let index = TableKernel.firstStray(x, count: count, rows: vocabulary) {
      stray.pointee = x[index]
      return Self.stray
    }
    TableKernel.forward(x, count: count, table: table, rows: vocabulary, units: units, into: y)
    return 0
  }
}

/// Sums the gradients of all places of a row; the units are shared out.
package struct LookUpGradientWork {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let count: Int
  package let vocabulary: Int
  package let units: Int
  let gradient: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, dy: UnsafePointer<Float>, count: Int, vocabulary: Int, units: Int,
    gradient: UnsafeMutablePointer<Float>
  ) {
    self.x = x
    self.dy = dy
    self.count = count
    self.vocabulary = vocabulary
    self.units = units
    self.gradient = gradient
  }

  func run(_ part: Part) {
    TableKernel.backward(
      x, dy: dy, count: count, rows: vocabulary, units: units,
      own: part.range(of: units, unit: 16), into: gradient)
  }
}
