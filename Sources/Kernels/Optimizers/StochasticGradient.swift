/// Stochastic gradient descent with a velocity: g += decay·w; v = momentum·v + g; w −= lr·v.
struct StochasticGradient: UpdateRule {
  let learningRate: Float
  let momentum: Float
  let decay: Float
  let nesterov: Bool

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ v: inout Vector, _: inout Vector
  ) {
    let slope = g.plus(w, decay)
    v = slope.plus(v, momentum)
    w = w.plus(nesterov ? slope.plus(v, momentum) : v, -learningRate)
  }

  /// The same without a velocity.
  static func update(
    _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ count: Int,
    learningRate: Float, decay: Float
  ) {
    Descent(learningRate: learningRate, decay: decay).map(w, g, into: w, count: count)
  }
}

/// w − lr·(g + decay·w).
struct Descent: Operation {
  let learningRate: Float
  let decay: Float
  @_transparent func callAsFunction(_ w: Vector, _ g: Vector, _: Vector) -> Vector {
    w.plus(g.plus(w, decay), -learningRate)
  }
}
