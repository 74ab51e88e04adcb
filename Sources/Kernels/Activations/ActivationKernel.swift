/// An activation function, with the constant it was given.
package enum ActivationKernel: Equatable, Sendable {
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
  /// x · min(max(x + 3, 0), 6) / 6 (Howard et al., 2019).
  case hardswish
  /// min(max(x, 0), 6) (Krizhevsky, 2010).
  case relu6
  case hardsigmoid

  /// The function of a name, with its constant where it takes one; nothing for a name without a kernel of one value.
  package init?(named name: String, constant: Float) {
    switch name {
    case "relu": self = .relu
    case "leaky": self = .leaky(slope: constant)
    case "elu": self = .elu(alpha: constant)
    case "selu": self = .selu
    case "sigmoid": self = .sigmoid
    case "tanh": self = .tanh
    case "softplus": self = .softplus
    case "softsign": self = .softsign
    case "gelu": self = .gelu
    case "silu": self = .silu
    case "mish": self = .mish
    case "hardswish": self = .hardswish
    case "relu6": self = .relu6
    case "hardsigmoid": self = .hardsigmoid
    default: return nil
    }
  }

  /// Whether `backward` reads the output; otherwise it reads the input.
  package var savesOutput: Bool {
    switch self {
    case .relu, .leaky, .elu, .selu, .sigmoid, .tanh, .softplus, .softsign, .relu6, .hardsigmoid:
      true
    case .gelu, .silu, .mish, .hardswish: false
    }
  }

  /// y = f(x); y may be x.
  package func forward(
    _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int
  ) {
    switch self {
    case .relu: Relu().forward(x, y, count)
    case .leaky(let slope): LeakyRelu(slope: slope).forward(x, y, count)
    case .elu(let alpha): ExponentialLinear(alpha: alpha, scale: 1).forward(x, y, count)
    case .selu: ExponentialLinear.selu.forward(x, y, count)
    case .sigmoid: Sigmoid().forward(x, y, count)
    case .tanh: Tanh().forward(x, y, count)
    case .softplus: Softplus().forward(x, y, count)
    case .softsign: Softsign().forward(x, y, count)
    case .gelu: Gelu().forward(x, y, count)
    case .silu: Silu().forward(x, y, count)
    case .mish: Mish().forward(x, y, count)
    case .hardswish: HardSwish().forward(x, y, count)
    case .relu6: Relu6().forward(x, y, count)
    case .hardsigmoid: HardSigmoid().forward(x, y, count)
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
    case .relu: Relu().backward(saved, dy, dx, count, accumulate)
    case .leaky(let slope): LeakyRelu(slope: slope).backward(saved, dy, dx, count, accumulate)
    case .elu(let alpha):
      ExponentialLinear(alpha: alpha, scale: 1).backward(saved, dy, dx, count, accumulate)
    case .selu: ExponentialLinear.selu.backward(saved, dy, dx, count, accumulate)
    case .sigmoid: Sigmoid().backward(saved, dy, dx, count, accumulate)
    case .tanh: Tanh().backward(saved, dy, dx, count, accumulate)
    case .softplus: Softplus().backward(saved, dy, dx, count, accumulate)
    case .softsign: Softsign().backward(saved, dy, dx, count, accumulate)
    case .gelu: Gelu().backward(saved, dy, dx, count, accumulate)
    case .silu: Silu().backward(saved, dy, dx, count, accumulate)
    case .mish: Mish().backward(saved, dy, dx, count, accumulate)
    case .hardswish: HardSwish().backward(saved, dy, dx, count, accumulate)
    case .relu6: Relu6().backward(saved, dy, dx, count, accumulate)
    case .hardsigmoid: HardSigmoid().backward(saved, dy, dx, count, accumulate)
    }
  }
}
