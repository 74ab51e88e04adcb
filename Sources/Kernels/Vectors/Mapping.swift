/// Elementwise loops over flat memory: whole vectors, then one partial vector.
///
/// Destinations may be the same memory as a source, never a shifted overlap.
enum Mapping {
  @inline(__always) static func fill(
    _ y: UnsafeMutablePointer<Float>, _ count: Int, _ transform: (Vector) -> Vector
  ) {
    unary(UnsafePointer(y), y, count, transform)
  }

  @inline(__always) static func unary(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int,
    _ transform: (Vector) -> Vector
  ) {
    var i = 0
    while i &+ 16 <= count {
      y.store(transform(x.vector(i)), i)
      i &+= 16
    }
    if i < count {
      y.store(transform(x.vector(i, count: count &- i)), i, count: count &- i)
    }
  }

  @inline(__always) static func binary(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>,
    _ count: Int, _ transform: (Vector, Vector) -> Vector
  ) {
    var i = 0
    while i &+ 16 <= count {
      y.store(transform(a.vector(i), b.vector(i)), i)
      i &+= 16
    }
    if i < count {
      let rest = count &- i
      y.store(transform(a.vector(i, count: rest), b.vector(i, count: rest)), i, count: rest)
    }
  }

  @inline(__always) static func ternary(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    _ y: UnsafeMutablePointer<Float>, _ count: Int,
    _ transform: (Vector, Vector, Vector) -> Vector
  ) {
    var i = 0
    while i &+ 16 <= count {
      y.store(transform(a.vector(i), b.vector(i), c.vector(i)), i)
      i &+= 16
    }
    if i < count {
      let rest = count &- i
      let result = transform(
        a.vector(i, count: rest), b.vector(i, count: rest), c.vector(i, count: rest))
      y.store(result, i, count: rest)
    }
  }
}
