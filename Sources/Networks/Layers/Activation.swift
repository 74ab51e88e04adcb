/// A function of one value, or `softmax` over the channels, with the constant that it takes.
package struct Activation: Hashable, Sendable {
  package let function: Function

  /// The value of the function's parameter; 0 where it has none.
  package let constant: Double

  /// A function with its constant, or with the default of its parameter.
  package init(_ function: Function, _ constant: Double? = nil) {
    self.function = function
    self.constant = constant ?? function.parameter?.defaultText.flatMap(Double.init) ?? 0
  }

  /// The activation of a name or alias with the default of its parameter, or nothing.
  package init?(word: String) {
    guard case .function(let function) = Kind(word: word) else { return nil }
    self.init(function)
  }

  /// The kind under which the activation is listed.
  package var kind: Kind { .function(function) }

  package static let relu = Activation(.relu)
  package static let sigmoid = Activation(.sigmoid)
  package static let tanh = Activation(.tanh)
  package static let softmax = Activation(.softmax)

  /// Every function by its name in the language; `row` says what each computes.
  package enum Function: String, CaseIterable, Hashable, Sendable {
    case relu
    case leaky
    case sigmoid
    case tanh

    /// Clevert et al. 2015.
    case elu

    /// Klambauer et al. 2017.
    case selu

    /// With the exact Gaussian distribution function (Hendrycks and Gimpel 2016).
    case gelu

    /// Ramachandran et al. 2017.
    case silu

    /// Misra 2019.
    case mish

    /// Howard et al. 2019.
    case hardswish
    case softplus
    case softsign
    case softmax
  }
}

extension Activation.Function {
  /// The row in the table of kinds, with at most one parameter, which is a number.
  var row: KindRow {
    switch self {
    case .relu: KindRow("max(x, 0)", aliases: ["ramp"])
    case .leaky:
      KindRow(
        "x where positive, slope · x elsewhere", aliases: ["leakyrelu"],
        [.positional("slope", .number(0...1), default: "0.01", "slope below 0")])
    case .sigmoid: KindRow("1 / (1 + e⁻ˣ)")
    case .tanh: KindRow("hyperbolic tangent")
    case .elu:
      KindRow(
        "x where positive, alpha (eˣ − 1) elsewhere",
        [.positional("alpha", .number(0...100), default: "1", "limit below 0")])
    case .selu: KindRow("self-normalizing scaled elu")
    case .gelu: KindRow("x · Φ(x), the exact form")
    case .silu: KindRow("x · sigmoid(x)", aliases: ["swish"])
    case .mish: KindRow("x · tanh(softplus(x))")
    case .hardswish: KindRow("x · min(max(x + 3, 0), 6) / 6", aliases: ["hswish"])
    case .softplus: KindRow("ln(1 + eˣ)", aliases: ["softrelu"])
    case .softsign: KindRow("x / (1 + |x|)")
    case .softmax: KindRow("exp(x) over its sum along the channels")
    }
  }

  /// The parameter that the constant is the value of, if there is one.
  var parameter: KindParameter? { Kind.function(self).row.parameters.first }
}
