/// RMSProp: s decays toward g²; w −= lr·g/(√s + epsilon).
struct RootMeanSquare: UpdateRule {
  let learningRate: Float
  let smoothing: Float
  let epsilon: Float
  let decay: Float

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ s: inout Vector, _: inout Vector
  ) {
    let slope = g.plus(w, decay)
    s = (s * smoothing).plus(slope * slope, 1 - smoothing)
    w = w.plus(slope / (s.squareRoot() + epsilon), -learningRate)
  }
}

/// RMSProp with momentum: b = momentum·b + g/(√s + epsilon); w −= lr·b.
struct RootMeanSquareMomentum: UpdateRule {
  let learningRate: Float
  let smoothing: Float
  let momentum: Float
  let epsilon: Float
  let decay: Float

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ s: inout Vector, _ b: inout Vector
  ) {
    let slope = g.plus(w, decay)
    s = (s * smoothing).plus(slope * slope, 1 - smoothing)
    b = (slope / (s.squareRoot() + epsilon)).plus(b, momentum)
    w = w.plus(b, -learningRate)
  }
}
