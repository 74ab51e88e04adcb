import Networks

extension OnnxGraphBuilder {
  /// Adds a block's own activation, if it has one.
  mutating func add(_ activation: Activation?, path: String, _ x: String) -> String {
    activation.map { add($0, path: path + ".act", x) } ?? x
  }

  /// Adds an activation; answers its output.
  mutating func add(_ activation: Activation, path: String, _ x: String) -> String {
    switch activation.function {
    case .relu: return add("Relu", path, [x])
    case .leaky: return add("LeakyRelu", path, [x], [.float("alpha", activation.constant)])
    case .sigmoid: return add("Sigmoid", path, [x])
    case .tanh: return add("Tanh", path, [x])
    case .elu: return add("Elu", path, [x], [.float("alpha", activation.constant)])
    case .selu: return add("Selu", path, [x])
    case .gelu: return add("Gelu", path, [x])
    case .silu: return add("Mul", path, [x, add("Sigmoid", path + ".sigmoid", [x])])
    case .mish: return add("Mish", path, [x])
    case .hardswish: return add("HardSwish", path, [x])
    case .hardsigmoid:
      return add("HardSigmoid", path, [x], [.float("alpha", 1.0 / 6), .float("beta", 0.5)])
    case .relu6:
      return add(
        "Clip", path,
        [x, constant(path + ".least", 0.0), constant(path + ".most", 6.0)])
    case .softplus: return add("Softplus", path, [x])
    case .softsign: return add("Softsign", path, [x])
    case .softmax: return add("Softmax", path, [x], [.integer("axis", 1)])
    }
  }
}
