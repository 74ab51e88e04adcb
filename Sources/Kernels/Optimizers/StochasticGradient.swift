/// Stochastic gradient descent over one range.
enum StochasticGradient {
  /// w −= lr·(g + decay·w).
  static func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ count: Int,
    _ learningRate: Float, _ decay: Float
  ) {
    Mapping.binary(w, g, w, count) { w, g in w.plus(g.plus(w, decay), -learningRate) }
  }

  /// The same with a velocity: v = momentum·v + g.
  static func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ v: UnsafeMutablePointer<Float>,
    _ count: Int, _ learningRate: Float, _ momentum: Float, _ decay: Float, nesterov: Bool
  ) {
    if nesterov {
      sweep(w, g, v, count, momentum, decay) { w, g, v in
        w.plus(g.plus(v, momentum), -learningRate)
      }
    } else {
      sweep(w, g, v, count, momentum, decay) { w, _, v in w.plus(v, -learningRate) }
    }
  }

  @inline(__always) private static func sweep(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ v: UnsafeMutablePointer<Float>,
    _ count: Int, _ momentum: Float, _ decay: Float,
    _ step: (Vector, Vector, Vector) -> Vector
  ) {
    var i = 0
    while i < count {
      let weight = UnsafePointer(w).vector(i, end: count)
      let slope = g.vector(i, end: count).plus(weight, decay)
      let velocity = slope.plus(UnsafePointer(v).vector(i, end: count), momentum)
      v.store(velocity, i, end: count)
      w.store(step(weight, slope, velocity), i, end: count)
      i &+= 16
    }
  }
}
