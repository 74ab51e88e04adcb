/// Adagrad: s += g²; w −= lr·g/(√s + epsilon).
struct AdaptiveGradient: UpdateRule {
  let learningRate: Float
  let epsilon: Float
  let decay: Float

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ s: inout Vector, _: inout Vector
  ) {
    let slope = g.plus(w, decay)
    s = s.plus(slope, slope)
    w = w.plus(slope / (s.squareRoot() + epsilon), -learningRate)
  }
}

/// Adadelta: s decays toward g²; d = g·√(t + epsilon)/√(s + epsilon); t decays toward d²; w −= lr·d.
struct AdaptiveDelta: UpdateRule {
  let learningRate: Float
  let rho: Float
  let epsilon: Float
  let decay: Float

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ s: inout Vector, _ t: inout Vector
  ) {
    let slope = g.plus(w, decay)
    s = (s * rho).plus(slope * slope, 1 - rho)
    let delta = (t + epsilon).squareRoot() / (s + epsilon).squareRoot() * slope
    t = (t * rho).plus(delta * delta, 1 - rho)
    w = w.plus(delta, -learningRate)
  }
}

/// Adamax: m decays toward g; u = max(beta2·u, |g| + epsilon); w −= lr/(1 − beta1ᵗ)·m/u.
struct AdamMaximum: UpdateRule {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let stepSize: Float
  private let decay: Float

  init(beta1: Float, beta2: Float, epsilon: Float, learningRate: Float, step: Int, decay: Float) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
    stepSize = Float(Double(learningRate) / (1 - Adam.power(Double(beta1), step)))
  }

  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ m: inout Vector, _ u: inout Vector
  ) {
    let slope = g.plus(w, decay)
    m = m.plus(slope - m, 1 - beta1)
    u = (u * beta2).atLeast(slope.magnitudes + epsilon)
    w -= m * stepSize / u
  }
}
