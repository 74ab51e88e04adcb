/// One step of Adam with its bias corrections worked out.
struct Adam: UpdateRule {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let stepSize: Float
  private let secondCorrection: Float
  private let decay: Float

  init(
    beta1: Float, beta2: Float, epsilon: Float, learningRate: Float, step: Int, decay: Float
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
    let first = 1 - Self.power(Double(beta1), step)
    let second = 1 - Self.power(Double(beta2), step)
    stepSize = Float(Double(learningRate) / first)
    secondCorrection = Float(1 / second.squareRoot())
  }

  /// m and v decay toward g and g²; w −= stepSize·m / (√v·correction + epsilon).
  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ m: inout Vector, _ v: inout Vector
  ) {
    let slope = g.plus(w, decay)
    m = m.plus(slope - m, 1 - beta1)
    v = (v * beta2).plus(slope * slope, 1 - beta2)
    w -= (m * stepSize) / (v.squareRoot() * secondCorrection + epsilon)
  }

  /// `base` to a whole power ≥ 0.
  static func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var square = base
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }
}
