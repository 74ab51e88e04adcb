/// Arithmetic on up to three vectors; what an operation does not read costs nothing.
protocol Operation {
  func callAsFunction(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector
}

/// Loops that apply an operation to flat memory: whole vectors, then one partial vector.
///
/// The target may be the same memory as a source, never a shifted overlap. Operations are types and
/// not closures, since closures of some length are called per vector instead of inlined.
extension Operation {
  @inline(__always) func map(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    map(x, x, x, into: y, count: count)
  }

  @inline(__always) func map(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    map(a, b, b, into: y, count: count)
  }

  @inline(__always) func map(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    let whole = count & ~15
    var i = 0
    while i < whole {
      y.store(self(a.vector(i), b.vector(i), c.vector(i)), i)
      i &+= 16
    }
    let rest = count &- whole
    if rest > 0 {
      let result = self(
        a.vector(i, count: rest), b.vector(i, count: rest), c.vector(i, count: rest))
      y.store(result, i, count: rest)
    }
  }
}
