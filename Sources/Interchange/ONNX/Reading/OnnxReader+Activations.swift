import Networks

extension OnnxReader {
  /// Reads an activation, or throws that the operator is not covered.
  mutating func readActivation() throws(OnnxProblem) {
    let value = try activationInput()
    let activation: Activation
    switch node.opType {
    case "Relu": activation = try plain(.relu)
    case "Sigmoid": activation = try plain(.sigmoid)
    case "Tanh": activation = try plain(.tanh)
    case "Softplus": activation = try plain(.softplus)
    case "Softsign": activation = try plain(.softsign)
    case "Mish": activation = try plain(.mish)
    case "HardSwish": activation = try plain(.hardswish)
    case "HardSigmoid":
      let attributes = try attributes("alpha", "beta")
      try attributes.check("alpha", abs(attributes.number("alpha", 0.2) - 1.0 / 6) < 1e-6)
      try attributes.check("beta", attributes.number("beta", 0.5) == 0.5)
      activation = Activation(.hardsigmoid)
    case "LeakyRelu": activation = try withAlpha(.leaky, preset: 0.01, in: 0...1)
    case "Elu": activation = try withAlpha(.elu, preset: 1, in: 0...100)
    case "Celu": activation = try withAlpha(.elu, preset: 1, in: 1...1)
    case "Swish": activation = Activation(try withAlpha(.silu, preset: 1, in: 1...1).function)
    case "Selu":
      let attributes = try attributes("alpha", "gamma")
      try attributes.check("alpha", abs(attributes.number("alpha", 1.6732632) - 1.6732632) < 1e-5)
      try attributes.check("gamma", abs(attributes.number("gamma", 1.050701) - 1.050701) < 1e-5)
      activation = Activation(.selu)
    case "Gelu":
      let attributes = try attributes("approximate")
      try attributes.check("approximate", attributes.text("approximate", "none") == "none")
      activation = Activation(.gelu)
    case "Softmax":
      let attributes = try attributes("axis")
      let axis = axis(
        attributes.integer("axis", graph.version < 13 ? 1 : -1), rank: rank(value))
      try attributes.check("axis", axis == 1 && (graph.version >= 13 || rank(value) == 2))
      activation = .softmax
    default: throw uncovered(.operation)
    }
    try add(.activation(activation), to: value)
  }

  private func activationInput() throws(OnnxProblem) -> OnnxValue {
    if node.input.count != 1 { throw uncovered(.operation) }
    return try value(0)
  }

  private func plain(_ function: Activation.Function) throws(OnnxProblem) -> Activation {
    _ = try attributes()
    return Activation(function)
  }

  private func withAlpha(
    _ function: Activation.Function, preset: Double, in range: ClosedRange<Double>
  ) throws(OnnxProblem) -> Activation {
    let attributes = try attributes("alpha")
    let alpha = attributes.number("alpha", preset)
    try attributes.check("alpha", range.contains(alpha))
    return Activation(function, alpha)
  }

  /// Reads `PRelu` with one slope, or one for each channel.
  mutating func readParametricRelu() throws(OnnxProblem) {
    _ = try attributes()
    let value = try value(0)
    let slope = try tensor(1)
    let shape = Array(slope.shape.drop { $0 == 1 })
    let rest = Array(repeating: 1, count: rank(value) - 2)
    if slope.shape.count > rank(value) { throw uncovered(.constant(input: 2)) }
    var relu = ParametricRelu()
    relu.isShared = slope.count == 1
    let isEach = [shape, slope.shape].contains([self.shape(value).channels] + rest)
    guard relu.isShared && !(isEach && slope.shape.count > 1) || isEach else {
      throw uncovered(.constant(input: 2))
    }
    if isEach, slope.shape.count > 1 { relu.isShared = false }
    let values = Tensor(shape: [slope.count], values: try values(of: slope))
    try add(.parametricRelu(relu), [.weight: values], to: value)
  }
}
