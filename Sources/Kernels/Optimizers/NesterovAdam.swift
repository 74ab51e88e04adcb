#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// One step of NAdam (Dozat 2016) with its corrections worked out, as PyTorch has it.
struct NesterovAdam: UpdateRule {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float
  private let gradientSize: Float
  private let meanSize: Float
  private let secondCorrection: Float
  private let decay: Float

  init(beta1: Float, beta2: Float, epsilon: Float, learningRate: Float, step: Int, decay: Float) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decay = decay
    let momenta = Self.momenta(Double(beta1), step)
    let rate = Double(learningRate)
    gradientSize = Float(rate * (1 - momenta.current) / (1 - momenta.product))
    meanSize = Float(rate * momenta.next / (1 - momenta.product * momenta.next))
    secondCorrection = Float(1 / (1 - Adam.power(Double(beta2), step)).squareRoot())
  }

  /// m and v decay toward g and g²; w −= (gradientSize·g + meanSize·m) / (√v·correction + epsilon).
  @inline(__always) func apply(
    _ w: inout Vector, _ g: Vector, _ m: inout Vector, _ v: inout Vector
  ) {
    let slope = g.plus(w, decay)
    m = m.plus(slope - m, 1 - beta1)
    v = (v * beta2).plus(slope * slope, 1 - beta2)
    let root = v.squareRoot() * secondCorrection + epsilon
    w -= (slope * gradientSize).plus(m, meanSize) / root
  }

  /// The momentum of a step and of the next, and the product of all up to the step:
  /// µₜ = beta1·(1 − ½·0.96^(0.004·t)).
  private static func momenta(_ beta1: Double, _ step: Int) -> (
    current: Double, next: Double, product: Double
  ) {
    func momentum(_ step: Int) -> Double { beta1 * (1 - 0.5 * pow(0.96, 0.004 * Double(step))) }
    var product = 1.0
    var index = 1
    // Beyond that the product is nothing beside 1.
    while index <= step, product > 1e-20 {
      product *= momentum(index)
      index += 1
    }
    return (momentum(step), momentum(step + 1), product)
  }
}
