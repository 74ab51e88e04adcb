import Networks

/// Keras 3: channels last, and modules that find out the channels of their input when they are built.
struct KerasDialect: CodeDialect {
  let name = "Keras"
  let inputChannels = InputChannels.seenWhenBuilt
  let sequential = "keras.Sequential"
  let blockClass = "keras.layers.Layer"
  let words = BlockWords(
    method: "call(self, x)", noShortcut: "None",
    concatenation: "keras.ops.concatenate([branch(x) for branch in self.branches], axis=-1)",
    sum: "sum(branch(x) for branch in self.branches)")
  let squeezeExciteLayers = ["gate.0", "gate.1"]
  let fixedParameters = FixedParameters.none
  let checkpoint = CheckpointText.comment(
    "Its values were computed again in the backward pass (checkpoint=yes): see keras.remat.")
  var needed: [String: String] = [:]

  /// The dialect before anything is written.
  init() {}

  mutating func modules(of layer: LayerPattern, at place: CodePlace) throws(CodeProblem)
    -> [CodeModule]
  {
    let rank = layer.rank ?? 0
    var ownActivation = layer.activation
    var modules: [CodeModule]
    switch layer.kind {
    case .convolution, .convolution1D, .convolution2D:
      modules = try convolution(layer, place, rank: rank, &ownActivation)
    case .transposedConvolution:
      modules = try transposedConvolution(layer, place, rank: rank, &ownActivation)
    case .dense:
      var words = [layer.formula("units").python] + Self.bias(of: layer)
      if let argument = Self.argument(&ownActivation) { words.append(argument) }
      modules = layer.features == nil ? [] : Self.flatten(rank: rank)
      modules.append(learned("keras.layers.Dense", words, layer))
    case .batchNormalization: modules = [normalization(layer)]
    case .function(let function):
      let constant = function.parameterName.flatMap { layer.number($0) }
      modules = [CodeModule(text: activation(Activation(function, constant)))]
    case .activation, .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway,
      .rezero, .preactivation:
      throw .misplaced
    case .join: throw .unsupported(what: "join", framework: name, instead: "export pytorch net.py")
    case .maximumPooling, .averagePooling: modules = pooling(layer, place, rank: rank)
    case .globalAveragePooling:
      modules = [CodeModule(text: "keras.layers.GlobalAveragePooling\(rank)D()")]
    case .globalMaximumPooling:
      modules = [CodeModule(text: "keras.layers.GlobalMaxPooling\(rank)D()")]
    case .lastPosition:
      need("Last", Self.last)
      modules = [CodeModule(text: "Last()")]
    case .firstPosition:
      need("First", Self.first)
      modules = [CodeModule(text: "First()")]
    case .flatten: modules = Self.flatten(rank: rank)
    case .dropout:
      modules = [CodeModule(text: "keras.layers.Dropout(\(layer.formula("rate").python))")]
    case .scale:
      need("Scale", Self.scale)
      modules = [learned("Scale", [layer.formula("start").python], layer)]
    case .parametricRelu: modules = [parametricRelu(layer, rank: rank)]
    case .subsample:
      need("Subsample\(rank)D", Self.subsample(rank))
      let strides = WindowCode(layer: layer, place: place).extents("stride").map(\.python)
      let words = [layer.formula("channels").python] + strides
      modules = [CodeModule(text: "Subsample\(rank)D(\(words.joined(separator: ", ")))")]
    case .pad: modules = [pad(layer, place, rank: rank)]
    case .upsample: modules = [upsample(layer, place, rank: rank)]
    case .pixelShuffle, .channelShuffle, .permute, .slice, .reshape:
      modules = try rearrangement(layer, rank: rank)
    case .identity, .tap: modules = [CodeModule(text: "keras.layers.Identity()")]
    case .layerNormalization, .rootMeanSquareNormalization, .groupNormalization,
      .instanceNormalization:
      modules = [exampleNormalization(layer, rank: rank)]
    case .localResponse: modules = [localResponse(layer)]
    case .layerScale:
      need("LayerScale", Self.layerScale)
      modules = [learned("LayerScale", [layer.formula("start").python], layer)]
    case .spatialDropout:
      modules = [
        CodeModule(text: "keras.layers.SpatialDropout\(rank)D(\(layer.formula("rate").python))")
      ]
    case .dropPath: modules = [CodeModule(text: Self.dropPath(layer, rank: rank))]
    case .noise:
      modules = [CodeModule(text: "keras.layers.GaussianNoise(\(layer.formula("sd").python))")]
    case .gatedLinear:
      need("GatedLinear", Self.gatedLinear)
      modules = [CodeModule(text: "GatedLinear()")]
    case .attention: modules = [attention(layer)]
    case .embedding: modules = [embedding(layer)]
    case .positions: modules = [positions(layer)]
    case .classToken: modules = [classToken(layer)]
    case .longShortTermMemory, .gatedRecurrentUnit: modules = [recurrent(layer)]
    }
    if let ownActivation { modules.append(CodeModule(text: activation(ownActivation))) }
    return modules
  }

  /// A module with parameters, which training leaves as they are where the layer is frozen.
  func learned(_ name: String, _ words: [String], _ layer: LayerPattern) -> CodeModule {
    let all = words + (layer.isFrozen ? ["trainable=False"] : [])
    return CodeModule(text: "\(name)(\(all.joined(separator: ", ")))", isLearned: true)
  }

  /// Channels first, as layers behind it have them here.
  private static func flatten(rank: Int) -> [CodeModule] {
    let order = PythonText.tuple(
      [rank + 1].map(String.init) + (1..<max(rank + 1, 1)).map(String.init))
    let permute = CodeModule(text: "keras.layers.Permute(\(order))")
    return (rank == 0 ? [] : [permute]) + [CodeModule(text: "keras.layers.Flatten()")]
  }

  static func bias(of layer: LayerPattern) -> [String] {
    if let start = layer.biasStart {
      return ["bias_initializer=keras.initializers.Constant(\(start.python))"]
    }
    return layer.isSet("bias") ? [] : ["use_bias=False"]
  }

  /// The activation argument where Keras has a word for that activation, which is then done with.
  static func argument(_ activation: inout Activation?) -> String? {
    guard let word = activation.flatMap({ word(of: $0) }) else { return nil }
    activation = nil
    return "activation=\"\(word)\""
  }

  /// What Keras calls an activation in arguments.
  private static func word(of activation: Activation) -> String? {
    switch activation.function {
    case .relu, .sigmoid, .tanh, .selu, .gelu, .silu, .mish, .softplus, .softsign, .softmax, .relu6:
      activation.function.rawValue
    case .hardswish: "hard_silu"
    case .hardsigmoid: "hard_sigmoid"
    case .elu: activation.constant == 1 ? "elu" : nil
    case .leaky: nil
    }
  }

  private mutating func convolution(
    _ layer: LayerPattern, _ place: CodePlace, rank: Int, _ activation: inout Activation?
  ) throws(CodeProblem) -> [CodeModule] {
    let window = WindowCode(layer: layer, place: place)
    if window.isSpreadAndStrided {
      throw .unsupported(
        what: "conv with both stride and dilation", framework: name,
        instead: "set PATH dilation=1")
    }
    var modules: [CodeModule] = []
    var words = [layer.formula("channels").python, window.text("kernel") ?? "1"]
    if let stride = window.text("stride", standard: "1") { words.append("strides=\(stride)") }
    switch window.padding {
    case .argument(nil): break
    // Keras's own "same" pads by the stride, too.
    case .argument, .before:
      if layer.isSame, window.isEverywhere {
        words.append("padding=\"same\"")
      } else if layer.slots["pad"] == .fixed(.padding(.causal)) {
        words.append("padding=\"causal\"")
      } else {
        modules.append(zeros(window.padding, rank: rank))
      }
    }
    if let text = window.text("dilation", standard: "1") { words.append("dilation_rate=\(text)") }
    if let text = window.text("groups", standard: "1") { words.append("groups=\(text)") }
    words += Self.bias(of: layer)
    if let argument = Self.argument(&activation) { words.append(argument) }
    modules.append(learned("keras.layers.Conv\(rank)D", words, layer))
    return modules
  }

  /// A layer that adds zeros.
  func zeros(_ padding: WindowCode.Padding, rank: Int) -> CodeModule {
    let argument: String
    switch padding {
    case .argument(let text): argument = text ?? "0"
    case .before(let sides):
      let pairs = sides.map { "(\($0.before), \($0.after))" }
      argument = pairs.count == 1 ? pairs[0] : "(\(pairs.joined(separator: ", ")))"
    }
    return CodeModule(text: "keras.layers.ZeroPadding\(rank)D(\(argument))")
  }

  private mutating func pooling(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    -> [CodeModule]
  {
    let window = WindowCode(layer: layer, place: place)
    let isMaximum = layer.kind == .maximumPooling
    let word = isMaximum ? "Max" : "Average"
    let isPadded = window.sides.contains { $0 != ("0", "0") }
    if layer.isSet("ceil") || (isMaximum && isPadded && !(layer.isSame && window.isEverywhere)) {
      let name = "\(layer.isSet("ceil") ? "Ceil" : "Padded")\(word)Pooling"
      need(name, layer.isSet("ceil") ? Self.ceilPooling(isMaximum) : Self.paddedPooling)
      if layer.isSet("ceil") { need("missing", PythonText.missing) }
      let words = [
        PythonText.tuple(window.extents("size").map(\.python)),
        PythonText.tuple(window.strides.map(\.python)),
        PythonText.tuple(window.sides.map { "(\($0.before), \($0.after))" }),
      ]
      return [CodeModule(text: "\(name)(\(words.joined(separator: ", ")))")]
    }
    var words = [window.text("size") ?? "1"]
    if let stride = window.text("stride"), stride != words[0] { words.append("strides=\(stride)") }
    if isMaximum, isPadded { words.append("padding=\"same\"") }
    let pooling = CodeModule(
      text: "keras.layers.\(word)Pooling\(rank)D(\(words.joined(separator: ", ")))")
    return (isPadded && !isMaximum ? [zeros(window.padding, rank: rank)] : []) + [pooling]
  }

  private mutating func normalization(_ layer: LayerPattern) -> CodeModule {
    let momentum = Formula.text(layer.number("momentum") ?? 0.9)
    let epsilon = layer.number("eps") ?? 1e-5
    var words = ["momentum=\(momentum)", "epsilon=\(epsilon)"]
    for slot in ["center", "scale"] where !layer.isSet(slot) { words.append("\(slot)=False") }
    if layer.isSet("sync") { need(Self.synchronizedName, Self.synchronized) }
    if layer.slots["statistics"] == .fixed(.word("running")) {
      if layer.isFrozen { return learned("keras.layers.BatchNormalization", words, layer) }
      need("RunningBatchNormalization", Self.running)
      return CodeModule(
        text: "RunningBatchNormalization(\(words.joined(separator: ", ")))", isLearned: true)
    }
    // A layer that is not trainable would normalize by its running statistics.
    if layer.isFrozen { need("FrozenBatchNormalization", Self.frozen) }
    let name = layer.isFrozen ? "FrozenBatchNormalization" : "keras.layers.BatchNormalization"
    return CodeModule(text: "\(name)(\(words.joined(separator: ", ")))", isLearned: true)
  }

  private func parametricRelu(_ layer: LayerPattern, rank: Int) -> CodeModule {
    var words = [
      "alpha_initializer=keras.initializers.Constant(\(layer.formula("start").python))"
    ]
    let axes = (0..<rank + (layer.isSet("shared") ? 1 : 0)).map { "\($0 + 1)" }
    if !axes.isEmpty { words.append("shared_axes=[\(axes.joined(separator: ", "))]") }
    return learned("keras.layers.PReLU", words, layer)
  }

  mutating func activation(_ activation: Activation) -> String {
    let constant = Formula.text(activation.constant)
    return switch activation.function {
    case .relu: "keras.layers.ReLU()"
    case .leaky: "keras.layers.LeakyReLU(negative_slope=\(constant))"
    case .elu where activation.constant != 1: "keras.layers.ELU(alpha=\(constant))"
    case .softmax: "keras.layers.Softmax()"
    case .sigmoid, .tanh, .elu, .selu, .gelu, .silu, .mish, .hardswish, .softplus, .softsign,
      .relu6, .hardsigmoid:
      "keras.layers.Activation(\"\(Self.word(of: activation) ?? "elu")\")"
    }
  }

  func function(of activation: String) -> String? {
    switch activation {
    case "keras.layers.ReLU()": return "keras.activations.relu"
    case "keras.layers.Softmax()": return "keras.activations.softmax"
    default:
      let parts = activation.split(separator: "\"")
      return parts.count == 3 ? "keras.activations.\(parts[1])" : nil
    }
  }

  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String
  {
    let name = rank == 0 ? "SqueezeExcite" : "SqueezeExcite\(rank)D"
    need(name, Self.squeezeExcite(name, rank: rank))
    return "\(name)(\(reduction.python))"
  }

  func items(of chain: ChainCode, indent: Int) -> String {
    if !chain.lines.isEmpty { return "layers" }
    return "[\(chain.isEmpty ? "keras.layers.Identity()" : chain.items(indent: indent))]"
  }

  func branches(_ chains: [ChainCode]) -> [String] { branches(chains, in: "[]") }

  func spreading(_ value: String, over dimensions: Int) -> String {
    "\(value)[:\(String(repeating: ", None", count: dimensions))]"
  }

  /// Layers have properties of their own, which cannot be set.
  func attribute(_ name: String) -> String {
    Self.properties.contains(name) ? name + "_" : name
  }

  private static let properties: Set<String> = [
    "name", "path", "dtype", "input", "output", "losses", "metrics", "weights", "variables",
    "trainable", "built", "body", "shortcut", "gate", "call", "build", "activation",
  ]

  func parameterName(_ role: ParameterRole, of kind: Kind) -> String {
    switch (kind, role) {
    case (.batchNormalization, .weight): "gamma"
    case (.batchNormalization, .bias): "beta"
    case (_, .runningMean): "moving_mean"
    case (_, .runningVariance): "moving_variance"
    case (.parametricRelu, .weight): "alpha"
    case (.scale, .weight), (.layerScale, .weight), (.positions, .weight), (.classToken, .weight),
      (.embedding, .weight):
      "weight"
    case (_, .inputWeight), (_, .inputBias): role.rawValue
    case (_, .outputWeight): "out_proj_weight"
    case (_, .outputBias): "out_proj_bias"
    case (.rootMeanSquareNormalization, .weight): "scale"
    case (.layerNormalization, .weight), (.groupNormalization, .weight),
      (.instanceNormalization, .weight):
      "gamma"
    case (.layerNormalization, .bias), (.groupNormalization, .bias),
      (.instanceNormalization, .bias):
      "beta"
    case (_, .weight): "kernel"
    case (_, .bias): "bias"
    case (_, .inputToState), (_, .stateToState), (_, .inputToStateBias), (_, .stateToStateBias),
      (_, .reverseInputToState), (_, .reverseStateToState), (_, .reverseInputToStateBias),
      (_, .reverseStateToStateBias):
      role.rawValue
    }
  }

  func layout(_ role: ParameterRole, of layer: LayerPattern) -> TensorLayout {
    switch (layer.kind, role) {
    case (.convolution, .weight), (.convolution1D, .weight), (.convolution2D, .weight),
      (.transposedConvolution, .weight), (.dense, .weight):
      .outputsLast
    case (.parametricRelu, .weight): .behindOnes(layer.rank ?? 0)
    case (.layerNormalization, _) where layer.extents != nil: .channelsLast
    case (.positions, .weight): .channelsLast
    default: .ours
    }
  }
}
