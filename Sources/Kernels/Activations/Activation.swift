/// An activation function, with the constant it was given.
package enum Activation: Equatable, Sendable {
  case relu
  /// x where positive, slope · x elsewhere; the slope is not negative.
  case leaky(slope: Float)
  /// x where positive, alpha · (exp x − 1) elsewhere (Clevert et al., 2015); alpha is not negative.
  case elu(alpha: Float)
  /// Klambauer et al. (2017).
  case selu
  case sigmoid
  case tanh
  /// log(1 + exp x).
  case softplus
  /// x / (1 + |x|).
  case softsign
  /// x · Φ(x), exactly and not by tanh (Hendrycks and Gimpel, 2016).
  case gelu
  /// x · sigmoid x, also called swish.
  case silu
  /// x · tanh(softplus x) (Misra, 2019).
  case mish

  /// Whether `backward` reads the output; otherwise it reads the input.
  package var savesOutput: Bool {
    switch self {
    case .relu, .leaky, .elu, .selu, .sigmoid, .tanh, .softplus, .softsign: true
    case .gelu, .silu, .mish: false
    }
  }

  /// y = f(x); y may be x.
  package func forward(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .relu: Mapping.unary(x, y, count) { $0.atLeast(0) }
    case .leaky(let slope): Rectifiers.leaky(x, slope, y, count)
    case .elu(let alpha): Rectifiers.elu(x, alpha, 1, y, count)
    case .selu: Rectifiers.elu(x, Rectifiers.seluAlpha, Rectifiers.seluScale, y, count)
    case .sigmoid: Mapping.unary(x, y, count) { $0.logistic() }
    case .tanh: Mapping.unary(x, y, count) { $0.hyperbolicTangent() }
    case .softplus: Mapping.unary(x, y, count) { $0.softplus() }
    case .softsign: Mapping.unary(x, y, count) { $0 / ($0.magnitudes + 1) }
    case .gelu: Mapping.unary(x, y, count) { $0 * $0.normalCumulative() }
    case .silu: Mapping.unary(x, y, count) { $0 * $0.logistic() }
    case .mish: Mapping.unary(x, y, count) { $0 * $0.mishGate() }
    }
  }

  /// dx = dy · f′, or dx += where `accumulate`; dx may be dy or, not accumulating, `saved`.
  ///
  /// `saved` is the output where `savesOutput`, else the input.
  package func backward(
    saved: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, count: Int, accumulate: Bool = false
  ) {
    switch self {
    case .relu: Rectifiers.reluBackward(saved, dy, dx, count, accumulate)
    case .leaky(let slope): Rectifiers.leakyBackward(saved, slope, dy, dx, count, accumulate)
    case .elu(let alpha): Rectifiers.eluBackward(saved, alpha, 1, dy, dx, count, accumulate)
    case .selu:
      Rectifiers.eluBackward(
        saved, Rectifiers.seluAlpha, Rectifiers.seluScale, dy, dx, count, accumulate)
    case .sigmoid: Gradient.multiply(saved, dy, dx, count, accumulate) { $0 - $0 * $0 }
    case .tanh:
      Gradient.multiply(saved, dy, dx, count, accumulate) { Vector(repeating: 1).plus(-$0, $0) }
    case .softplus:
      Gradient.multiply(saved, dy, dx, count, accumulate) { -(-$0).exponentialMinusOne() }
    case .softsign:
      Gradient.multiply(saved, dy, dx, count, accumulate) {
        let rest = 1 - $0.magnitudes
        return rest * rest
      }
    case .gelu:
      Gradient.multiply(saved, dy, dx, count, accumulate) {
        $0.normalCumulative().plus($0, $0.normalDensity())
      }
    case .silu:
      Gradient.multiply(saved, dy, dx, count, accumulate) {
        let s = $0.logistic()
        return s.plus($0 * s, 1 - s)
      }
    case .mish:
      Gradient.multiply(saved, dy, dx, count, accumulate) {
        let gate = $0.mishGate()
        return gate.plus($0 * $0.logistic(), Vector(repeating: 1).plus(-gate, gate))
      }
    }
  }
}

extension SIMD16<Float> {
  /// tanh(softplus x) without a logarithm: with e = exp x, it is n / (n + 2) for n = e(e + 2).
  @inline(__always) func mishGate() -> Vector {
    let e = atMost(20).exponential()
    let n = e * (e + 2)
    return n / (n + 2)
  }
}
