/// The arithmetic of one activation on sixteen floats.
protocol Curve {
  func value(_ x: Vector) -> Vector
  /// dy times the derivative, from what the activation saves.
  func gradient(_ dy: Vector, _ saved: Vector) -> Vector
}

/// The loops over a curve, without closures: what is not inlined early would be called per vector.
extension Curve {
  func forward(
    _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    let whole = count & ~15
    var i = 0
    while i < whole {
      y.store(value(x.vector(i)), i)
      i &+= 16
    }
    let rest = count &- whole
    if rest > 0 { y.store(value(x.vector(i, count: rest)), i, count: rest) }
  }

  func backward(
    _ saved: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ dx: UnsafeMutablePointer<Float>,
    _ count: Int, _ accumulate: Bool
  ) {
    let whole = count & ~15
    var i = 0
    if accumulate {
      while i < whole {
        dx.store(dx.vector(i) + gradient(dy.vector(i), saved.vector(i)), i)
        i &+= 16
      }
    } else {
      while i < whole {
        dx.store(gradient(dy.vector(i), saved.vector(i)), i)
        i &+= 16
      }
    }
    let rest = count &- whole
    if rest > 0 {
      let slope = gradient(dy.vector(i, count: rest), saved.vector(i, count: rest))
      dx.store(accumulate ? dx.vector(i, count: rest) + slope : slope, i, count: rest)
    }
  }
}
