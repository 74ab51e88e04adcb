import Networks

/// MXNet Gluon: modules that find out the channels of their input by themselves.
struct GluonDialect: CodeDialect {
  let name = "Gluon"
  let inputChannels = InputChannels.toldWhereTheyDecide
  let sequential = "nn.HybridSequential"
  let blockClass = "nn.HybridBlock"
  let words = BlockWords(
    method: "hybrid_forward(self, F, x)", noShortcut: "None",
    concatenation: "F.concat(*[branch(x) for branch in self.branches], dim=1)",
    sum: "F.add_n(*[branch(x) for branch in self.branches])")
  let squeezeExciteLayers = ["gate.0", "gate.1"]
  let fixedParameters = FixedParameters.all
  let checkpoint = CheckpointText.comment(
    "Its values were computed again in the backward pass (checkpoint=yes); here they are kept.")
  var needed: [String: String] = [:]

  /// The dialect before anything is written.
  init() {}

  mutating func modules(of layer: LayerPattern, at place: CodePlace) throws(CodeProblem)
    -> [CodeModule]
  {
    let rank = layer.rank ?? 0
    var modules: [CodeModule]
    var ownActivation = layer.activation
    switch layer.kind {
    case .convolution, .convolution1D, .convolution2D:
      modules = convolution(layer, place, rank: rank, &ownActivation)
    case .transposedConvolution:
      modules = try transposedConvolution(layer, place, rank: rank)
    case .dense:
      var words = [layer.formula("units").python]
      if !layer.isSet("bias") { words.append("use_bias=False") }
      if let argument = Self.argument(&ownActivation) { words.append(argument) }
      modules = [CodeModule(text: "nn.Dense(\(words.joined(separator: ", ")))", isLearned: true)]
    case .batchNormalization: modules = [normalization(layer)]
    case .function(let function):
      let constant = function.parameterName.flatMap { layer.number($0) }
      modules = [CodeModule(text: activation(Activation(function, constant)))]
    case .activation, .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway,
      .rezero, .preactivation:
      throw .misplaced
    case .join: throw .unsupported(what: "join", framework: name, instead: "export pytorch net.py")
    case .maximumPooling, .averagePooling: modules = try pooling(layer, place, rank: rank)
    case .globalAveragePooling, .globalMaximumPooling:
      let word = layer.kind == .globalAveragePooling ? "Avg" : "Max"
      modules = ["nn.Global\(word)Pool\(rank)D()", "nn.Flatten()"].map { CodeModule(text: $0) }
    case .lastPosition:
      modules = [
        "nn.HybridLambda(lambda F, x: F.slice_axis(x, axis=2, begin=-1, end=None))",
        "nn.Flatten()",
      ].map { CodeModule(text: $0) }
    case .firstPosition:
      modules = [
        "nn.HybridLambda(lambda F, x: F.slice_axis(x, axis=2, begin=0, end=1))", "nn.Flatten()",
      ].map { CodeModule(text: $0) }
    case .flatten: modules = [CodeModule(text: "nn.Flatten()")]
    case .dropout: modules = [CodeModule(text: "nn.Dropout(\(layer.formula("rate").python))")]
    case .scale:
      need("Scale", Self.scale)
      modules = [CodeModule(text: "Scale(\(layer.formula("start").python))", isLearned: true)]
    case .parametricRelu:
      let count = layer.isSet("shared") ? "" : ", in_channels=\(place.channels.python)"
      let start = "mx.init.Constant(\(layer.formula("start").python))"
      modules = [CodeModule(text: "nn.PReLU(\(start)\(count))", isLearned: true)]
    case .subsample:
      need("Subsample\(rank)D", Self.subsample(rank))
      let strides = WindowCode(layer: layer, place: place).extents("stride").map(\.python)
      let words = [place.channels.python, layer.formula("channels").python] + strides
      modules = [CodeModule(text: "Subsample\(rank)D(\(words.joined(separator: ", ")))")]
    case .pad: modules = [pad(layer, place, rank: rank)]
    case .upsample: modules = [upsample(layer, place, rank: rank)]
    case .pixelShuffle, .channelShuffle, .permute, .slice, .reshape:
      modules = [try rearrangement(layer, rank: rank)]
    case .identity, .tap:
      modules = [CodeModule(text: "nn.HybridLambda(lambda F, x: F.identity(x))")]
    case .layerNormalization, .rootMeanSquareNormalization, .groupNormalization,
      .instanceNormalization:
      modules = [try exampleNormalization(layer, place, rank: rank)]
    case .localResponse: modules = [try localResponse(layer, rank: rank)]
    case .layerScale:
      need("LayerScale\(rank)D", Self.layerScale(rank))
      modules = [
        CodeModule(
          text:
            "LayerScale\(rank)D(\(place.channels.python), \(layer.formula("start").python))",
          isLearned: true)
      ]
    case .spatialDropout: modules = [CodeModule(text: Self.dropout(layer, rank: rank, from: 2))]
    case .dropPath: modules = [CodeModule(text: Self.dropout(layer, rank: rank, from: 1))]
    case .noise:
      need("GaussianNoise", Self.noise)
      modules = [CodeModule(text: "GaussianNoise(\(layer.formula("sd").python))")]
    case .gatedLinear:
      need("GatedLinear", Self.gatedLinear)
      modules = [CodeModule(text: "GatedLinear()")]
    case .attention:
      throw .unsupported(what: "attention", framework: name, instead: "export pytorch net.py")
    case .longShortTermMemory, .gatedRecurrentUnit:
      throw .unsupported(
        what: layer.kind.rawValue, framework: name, instead: "export pytorch net.py")
    case .embedding: modules = Self.embedding(layer, rank: rank)
    case .positions: modules = [try positions(layer)]
    case .classToken: modules = [classToken(place)]
    }
    if layer.isFrozen {
      need("frozen", Self.frozen)
      modules = modules.map { module in
        module.isLearned ? CodeModule(text: "frozen(\(module.text))", isLearned: true) : module
      }
    }
    if let ownActivation { modules.append(CodeModule(text: activation(ownActivation))) }
    return modules
  }

  /// The activation argument where Gluon's layers have that activation, which is then done with.
  private static func argument(_ activation: inout Activation?) -> String? {
    guard let word = activation.flatMap({ word(of: $0.function) }) else { return nil }
    activation = nil
    return "activation=\"\(word)\""
  }

  /// What Gluon's `Activation` calls a function.
  private static func word(of function: Activation.Function) -> String? {
    switch function {
    case .relu, .sigmoid, .tanh, .softsign: function.rawValue
    case .softplus: "softrelu"
    case .leaky, .elu, .selu, .gelu, .silu, .mish, .hardswish, .hardsigmoid, .relu6, .softmax: nil
    }
  }

  private mutating func convolution(
    _ layer: LayerPattern, _ place: CodePlace, rank: Int, _ activation: inout Activation?
  ) -> [CodeModule] {
    let window = WindowCode(layer: layer, place: place)
    var modules: [CodeModule] = []
    var words = [layer.formula("channels").python, window.text("kernel") ?? "1"]
    if let stride = window.text("stride", standard: "1") { words.append("strides=\(stride)") }
    switch window.padding {
    case .argument(let padding?): words.append("padding=\(padding)")
    case .argument(nil): break
    case .before(let sides): modules.append(pad(sides, "0"))
    }
    for slot in ["dilation", "groups"] {
      if let text = window.text(slot, standard: "1") { words.append("\(slot)=\(text)") }
    }
    if !layer.isSet("bias") { words.append("use_bias=False") }
    if let argument = Self.argument(&activation) { words.append(argument) }
    modules.append(
      CodeModule(text: "nn.Conv\(rank)D(\(words.joined(separator: ", ")))", isLearned: true))
    return modules
  }

  mutating func pad(_ sides: [(before: String, after: String)], _ value: String)
    -> CodeModule
  {
    let rank = sides.count
    need("Pad\(rank)D", Self.pad(rank))
    let words = sides.flatMap { [$0.before, $0.after] } + (value == "0" ? [] : ["value=\(value)"])
    return CodeModule(text: "Pad\(rank)D(\(words.joined(separator: ", ")))")
  }

  private mutating func pooling(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    throws(CodeProblem) -> [CodeModule]
  {
    let window = WindowCode(layer: layer, place: place)
    let isMaximum = layer.kind == .maximumPooling
    var modules: [CodeModule] = []
    var words = [window.text("size") ?? "1"]
    if let stride = window.text("stride"), stride != words[0] { words.append("strides=\(stride)") }
    switch window.padding {
    case .argument(let padding?): words.append("padding=\(padding)")
    case .argument(nil): break
    case .before(let sides): modules.append(pad(sides, isMaximum ? "-3.4e38" : "0"))
    }
    if layer.isSet("ceil") {
      // Gluon also counts windows that begin behind the last position, which are none here and in PyTorch.
      guard layer.slots["pad"] == .number(.literal(0)), window.isDense else {
        throw .unsupported(
          what: "\(layer.kind.rawValue) with pad or a stride above its size, and ceil=yes",
          framework: name, instead: "set PATH ceil=no")
      }
      words.append("ceil_mode=True")
    }
    let word = isMaximum ? "Max" : "Avg"
    modules.append(CodeModule(text: "nn.\(word)Pool\(rank)D(\(words.joined(separator: ", ")))"))
    return modules
  }

  private mutating func normalization(_ layer: LayerPattern) -> CodeModule {
    if layer.isSet("sync") { need(Self.synchronizedName, Self.synchronized) }
    var words: [String] = []
    if let momentum = layer.number("momentum"), momentum != 0.9 {
      words.append("momentum=\(Formula.text(momentum))")
    }
    if let epsilon = layer.number("eps"), epsilon != 1e-5 { words.append("epsilon=\(epsilon)") }
    for slot in ["scale", "center"] where !layer.isSet(slot) { words.append("\(slot)=False") }
    if layer.slots["statistics"] == .fixed(.word("running")) {
      words.append("use_global_stats=True")
    }
    return CodeModule(text: "nn.BatchNorm(\(words.joined(separator: ", ")))", isLearned: true)
  }

  mutating func activation(_ activation: Activation) -> String {
    if let word = Self.word(of: activation.function) { return "nn.Activation(\"\(word)\")" }
    let constant = Formula.text(activation.constant)
    return switch activation.function {
    case .leaky: "nn.LeakyReLU(\(constant))"
    case .elu: "nn.ELU(\(constant))"
    // The gradient of nn.SELU() is not that of its function.
    case .selu:
      "nn.HybridLambda(lambda F, x: 1.0507009873554805 * F.LeakyReLU(x, act_type=\"elu\", "
        + "slope=1.6732632423543772))"
    case .gelu: "nn.GELU()"
    case .silu: "nn.Swish()"
    case .mish: "nn.HybridLambda(lambda F, x: x * F.tanh(F.Activation(x, \"softrelu\")))"
    case .hardswish: "nn.HybridLambda(lambda F, x: x * F.clip(x + 3, 0, 6) / 6)"
    case .hardsigmoid: "nn.HybridLambda(lambda F, x: F.clip(x + 3, 0, 6) / 6)"
    case .relu6: "nn.HybridLambda(lambda F, x: F.clip(x, 0, 6))"
    case .softmax: "nn.HybridLambda(lambda F, x: F.softmax(x, axis=1))"
    case .relu, .sigmoid, .tanh, .softplus, .softsign: "nn.Activation(\"relu\")"
    }
  }

  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String
  {
    let name = rank == 0 ? "SqueezeExcite" : "SqueezeExcite\(rank)D"
    need(name, Self.squeezeExcite(name, rank: rank))
    return "\(name)(\(channels.python), \(reduction.python))"
  }

  func chainBody(parameters: String, chain: ChainCode, checks: [String]) -> [String] {
    ["    def __init__(self\(parameters)):"]
      + (checks + ["super().__init__()"] + chain.lines
      + ["self.add(\(chain.items(indent: 8)))"]).map { "        " + $0 }
  }

  func function(of activation: String) -> String? {
    activation == "nn.Activation(\"relu\")" ? "F.relu" : nil
  }

  func assigning(_ chain: ChainCode, to part: String, indent: Int) -> [String] {
    if let bare = chain.bareModule { return ["self.\(part) = \(bare)"] }
    return ["self.\(part) = \(sequential)()"] + filling("self.\(part)", chain, indent: indent)
  }

  func branches(_ chains: [ChainCode]) -> [String] {
    let added = chains.flatMap { chain -> [String] in
      let filled = filling("branch", chain, indent: 8)
      return ["branch = \(sequential)()"] + filled + ["self.branches.add(branch)"]
    }
    return ["self.branches = \(sequential)()"] + added
  }

  /// The lines that add the modules of a chain to a sequential.
  private func filling(_ part: String, _ chain: ChainCode, indent: Int) -> [String] {
    chain.lines
      + (chain.isEmpty ? [] : ["\(part).add(\(chain.items(indent: indent)))"])
  }

  func gateStart(_ bias: Formula) -> [String] {
    ["self.gate[0].bias.init = mx.init.Constant(\(bias.python))"]
  }

  func spreading(_ value: String, over dimensions: Int) -> String {
    (0..<dimensions).reduce(value) { text, axis in "\(text).expand_dims(\(axis + 2))" }
  }

  func product(_ factors: [String]) -> String {
    factors.dropFirst().reduce(factors.first ?? "x") { "F.broadcast_mul(\($0), \($1))" }
  }

  func gated(_ value: String) -> String {
    "\(product(["gate", value])) + \(product(["1 - gate", "x"]))"
  }

  func parameterName(_ role: ParameterRole, of kind: Kind) -> String {
    switch (kind, role) {
    case (.batchNormalization, .weight): "gamma"
    case (.batchNormalization, .bias): "beta"
    case (.parametricRelu, .weight): "alpha"
    case (.layerNormalization, .weight), (.rootMeanSquareNormalization, .weight),
      (.groupNormalization, .weight), (.instanceNormalization, .weight):
      "gamma"
    case (.layerNormalization, .bias), (.groupNormalization, .bias),
      (.instanceNormalization, .bias):
      "beta"
    default: role.rawValue
    }
  }
}

// MARK: - What Gluon does not have

extension GluonDialect {
  private static let scale = """
    class Scale(nn.HybridBlock):
        \"""Multiplies by one number, which is learned.\"""

        def __init__(self, start=1.0):
            super().__init__()
            self.weight = self.params.get("weight", shape=(1,), init=mx.init.Constant(start))

        def hybrid_forward(self, F, x, weight):
            return F.broadcast_mul(x, weight)
    """

  private static let frozen = """
    def frozen(block):
        \"""The block, whose parameters training leaves as they are.\"""
        block.collect_params().setattr("grad_req", "null")
        return block
    """

  private static func pad(_ rank: Int) -> String {
    let sides = rank == 1 ? ["before", "after"] : ["top", "bottom", "left", "right"]
    let fields = sides.joined(separator: ", ")
    let call = "F.pad(\(rank == 1 ? "x.expand_dims(2)" : "x"), mode=\"constant\", "
    return """
      class Pad\(rank)D(nn.HybridBlock):
          \"""Adds positions around the input.\"""

          def __init__(self, \(fields), value=0):
              super().__init__()
              self.sides, self.value = (0, 0, 0, 0, \(rank == 1 ? "0, 0, " : "")\(fields)), value

          def hybrid_forward(self, F, x):
              x = \(call)pad_width=self.sides, constant_value=self.value)
              return x\(rank == 1 ? ".squeeze(axis=2)" : "")
      """
  }

  private static func subsample(_ rank: Int) -> String {
    let strides = ["rows", "columns"].suffix(rank).map { rank == 1 ? "stride" : $0 }
    let fields = (["in_channels", "channels"] + strides).joined(separator: ", ")
    let none = Array(repeating: "None", count: rank + 2).joined(separator: ", ")
    return """
      class Subsample\(rank)D(nn.HybridBlock):
          \"""Keeps some positions and appends channels of zeros.\"""

          def __init__(self, \(fields)):
              super().__init__()
              self.more = channels - in_channels
              self.steps = (None, None\(strides.map { ", " + $0 }.joined()))

          def hybrid_forward(self, F, x):
              x = F.slice(x, begin=(\(none)), end=(\(none)), step=self.steps)
              if self.more == 0:
                  return x
              zeros = F.zeros_like(F.slice_axis(x, axis=1, begin=0, end=1))
              return F.concat(x, F.broadcast_axis(zeros, axis=1, size=self.more), dim=1)
      """
  }

  private static func squeezeExcite(_ name: String, rank: Int) -> String {
    let axes = (0..<rank).map { "\($0 + 2)" }.joined(separator: ", ")
    let means = rank == 0 ? "x" : "F.mean(x, axis=(\(axes)\(rank == 1 ? "," : "")))"
    let spread = (0..<rank).map { ".expand_dims(\($0 + 2))" }.joined()
    return """
      class \(name)(nn.HybridBlock):
          \"""Weighs each channel by the means of all.\"""

          def __init__(self, channels, reduction=16):
              super().__init__()
              self.gate = nn.HybridSequential()
              self.gate.add(
                  nn.Dense(max(1, channels // reduction), activation="relu"),
                  nn.Dense(channels, activation="sigmoid"),
              )

          def hybrid_forward(self, F, x):
              return F.broadcast_mul(x, self.gate(\(means))\(spread))
      """
  }
}

extension GluonDialect {
  /// Refuses windows of pooling that are longer than their input, of which Gluon has none.
  static func check(_ network: Network) throws(CodeProblem) {
    var found: String?
    network.walk { block, path in
      guard found == nil, case .layer(.pooling(let pooling)) = block.form,
        let extents = network.facts[block.id]?.input.spatial,
        let size = pooling.size.resolved(rank: extents.count),
        let sides = pooling.padding.resolved(kernel: size, dilation: size.map { _ in 1 })
      else { return }
      for (axis, extent) in extents.enumerated() where size[axis] > extent + sides[axis].total {
        found = path
      }
    }
    guard let found else { return }
    throw .unsupported(
      what: "\(found), whose window is longer than its input,", framework: "Gluon",
      instead: "set \(found) size=1")
  }
}
