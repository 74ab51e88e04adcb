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

    /// Courbariaux et al. 2015, with the slope of Howard et al. 2019.
    case hardsigmoid

    /// Krizhevsky 2010.
    case relu6
    case softplus
    case softsign
    case softmax
  }
}

extension Activation: LayerDefinition {
  /// The row of `act NAME`.
  static let row = KindRow(
    "an activation by name: act relu", .activation, aliases: ["activation"],
    [.positional("function", .activation, "the activation")]
  ) { $0.activation("function").map { .activation($0) } ?? .identity }

  func write(to arguments: inout Arguments) {
    if let parameter = function.parameter { arguments[parameter.name] = .number(constant) }
  }

  /// The kind under which the activation is listed.
  package var kind: Kind { .function(function) }

  func channelFlow(path: String) -> ChannelFlow {
    function == .softmax ? .refuses(.softmax(path: path)) : .passes
  }
}

extension Activation.Function {
  /// The row in the table of kinds, with at most one parameter, which is a number.
  var row: KindRow {
    switch self {
    case .relu: make("max(x, 0)", aliases: ["ramp"])
    case .leaky:
      make(
        "x where positive, slope · x elsewhere", aliases: ["leakyrelu"],
        [.positional("slope", .number(0...1), default: "0.01", "slope below 0")])
    case .sigmoid: make("1 / (1 + e⁻ˣ)")
    case .tanh: make("hyperbolic tangent")
    case .elu:
      make(
        "x where positive, alpha (eˣ − 1) elsewhere",
        [.positional("alpha", .number(0...100), default: "1", "limit below 0")])
    case .selu: make("self-normalizing scaled elu")
    case .gelu: make("x · Φ(x), the exact form")
    case .silu: make("x · sigmoid(x)", aliases: ["swish"])
    case .mish: make("x · tanh(softplus(x))")
    case .hardswish: make("x · min(max(x + 3, 0), 6) / 6", aliases: ["hswish"])
    case .hardsigmoid: make("min(max(x + 3, 0), 6) / 6")
    case .relu6: make("min(max(x, 0), 6)")
    case .softplus: make("ln(1 + eˣ)", aliases: ["softrelu"])
    case .softsign: make("x / (1 + |x|)")
    case .softmax: make("exp(x) over its sum along the channels")
    }
  }

  private func make(_ summary: String, aliases: [String] = [], _ parameters: [KindParameter] = [])
    -> KindRow
  {
    KindRow(summary, .activation, aliases: aliases, parameters) { arguments in
      .activation(Activation(self, parameter.map { arguments.number($0.name) }))
    }
  }

  /// The parameter that the constant is the value of, if there is one.
  var parameter: KindParameter? { Kind.function(self).row.parameters.first }
}
