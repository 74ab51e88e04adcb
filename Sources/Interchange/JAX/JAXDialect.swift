import Networks

/// JAX with Flax NNX: channels last, modules that are told the channels of their input, and functions between them.
struct JAXDialect: CodeDialect {
  let name = "JAX"
  let inputChannels = InputChannels.told
  let handedOn = (parameters: ["*", "rngs: nnx.Rngs"], arguments: ["rngs=rngs"])
  let sequential = "nnx.Sequential"
  let blockClass = "nnx.Module"
  let words = BlockWords(
    constructor: [], method: "__call__(self, x)", noShortcut: "nnx.Sequential()",
    concatenation: "jnp.concatenate([branch(x) for branch in self.branches], axis=-1)",
    sum: "sum(branch(x) for branch in self.branches)")
  let squeezeExciteLayers = ["gate.layers.0", "gate.layers.2"]
  let fixedParameters = FixedParameters.none
  var needed: [String: String] = [:]

  /// The dialect before anything is written.
  init() {}

  mutating func modules(of layer: LayerPattern, at place: CodePlace) throws(CodeProblem)
    -> [CodeModule]
  {
    let rank = layer.rank ?? 0
    var modules: [CodeModule]
    switch layer.kind {
    case .convolution, .convolution1D, .convolution2D:
      modules = [CodeModule(text: convolution(layer, place), isLearned: true)]
    case .transposedConvolution:
      modules = [CodeModule(text: try transposedConvolution(layer, place), isLearned: true)]
    case .dense:
      let features = layer.features ?? place.channels
      let words =
        [features.python, layer.formula("units").python] + Self.bias(of: layer) + ["rngs=rngs"]
      modules = layer.features == nil ? [] : [flatten()]
      modules.append(
        CodeModule(text: "nnx.Linear(\(words.joined(separator: ", ")))", isLearned: true))
    case .batchNormalization: modules = [normalization(layer, place)]
    case .function(let function):
      let constant = function.parameterName.flatMap { layer.number($0) }
      modules = [CodeModule(text: activation(Activation(function, constant)))]
    case .activation, .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway,
      .rezero, .preactivation:
      throw .misplaced
    case .join: throw .unsupported(what: "join", framework: name, instead: "export pytorch net.py")
    case .maximumPooling, .averagePooling: modules = [pooling(layer, place)]
    case .globalAveragePooling, .globalMaximumPooling:
      let word = layer.kind == .globalAveragePooling ? "mean" : "max"
      let axes = rank == 1 ? "1" : PythonText.tuple((0..<rank).map { "\($0 + 1)" })
      modules = [CodeModule(text: "partial(jnp.\(word), axis=\(axes))")]
    case .lastPosition:
      need("last", Self.last)
      modules = [CodeModule(text: "last")]
    case .firstPosition:
      need("first", Self.first)
      modules = [CodeModule(text: "first")]
    case .flatten: modules = [flatten()]
    case .dropout:
      modules = [CodeModule(text: "nnx.Dropout(\(layer.formula("rate").python), rngs=rngs)")]
    case .scale:
      need("Scale", Self.scale)
      modules = [CodeModule(text: "Scale(\(layer.formula("start").python))", isLearned: true)]
    case .parametricRelu:
      let start = layer.formula("start").python
      if !layer.isSet("shared") { need("PReLU", Self.parametricRelu) }
      let text =
        layer.isSet("shared")
        ? "nnx.PReLU(\(start))" : "PReLU(\(place.channels.python), \(start))"
      modules = [CodeModule(text: text, isLearned: true)]
    case .subsample: modules = [subsample(layer, place, rank: rank)]
    case .pad: modules = [pad(layer, place, rank: rank)]
    case .upsample: modules = [upsample(layer, place, rank: rank)]
    case .pixelShuffle, .channelShuffle, .permute, .slice, .reshape:
      modules = [try rearrangement(layer, rank: rank)]
    case .identity, .tap: modules = [CodeModule(text: "nnx.identity")]
    case .layerNormalization, .rootMeanSquareNormalization, .groupNormalization,
      .instanceNormalization:
      modules = [try exampleNormalization(layer, place)]
    case .localResponse: modules = [localResponse(layer)]
    case .layerScale:
      need("LayerScale", Self.layerScale)
      modules = [
        CodeModule(
          text: "LayerScale(\(place.channels.python), \(layer.formula("start").python))",
          isLearned: true)
      ]
    case .spatialDropout: modules = [CodeModule(text: Self.dropout(layer, rank: rank, from: 1))]
    case .dropPath: modules = [CodeModule(text: Self.dropout(layer, rank: rank + 1, from: 1))]
    case .noise:
      need("GaussianNoise", Self.noise)
      modules = [CodeModule(text: "GaussianNoise(\(layer.formula("sd").python), rngs=rngs)")]
    case .gatedLinear: modules = [CodeModule(text: "nnx.glu")]
    case .attention: modules = [attention(layer, place)]
    case .embedding: modules = [embedding(layer)]
    case .positions: modules = [positions(layer)]
    case .classToken: modules = [classToken(place)]
    case .longShortTermMemory, .gatedRecurrentUnit: modules = [recurrent(layer, place)]
    }
    if layer.isFrozen {
      need("Frozen", Self.frozen)
      modules = modules.map { module in
        module.isLearned ? CodeModule(text: "frozen(\(module.text))", isLearned: true) : module
      }
    }
    if let own = layer.activation { modules.append(CodeModule(text: activation(own))) }
    return modules
  }

  private mutating func flatten() -> CodeModule {
    need("flatten", Self.flatten)
    return CodeModule(text: "flatten")
  }

  static func bias(of layer: LayerPattern) -> [String] {
    if let start = layer.biasStart {
      return ["bias_init=nnx.initializers.constant(\(start.python))"]
    }
    return layer.isSet("bias") ? [] : ["use_bias=False"]
  }

  private func convolution(_ layer: LayerPattern, _ place: CodePlace) -> String {
    let window = WindowCode(layer: layer, place: place)
    let kernel = window.extents("kernel")
    var words = [
      place.channels.python, layer.formula("channels").python,
      PythonText.tuple(kernel.map(\.python)),
    ]
    if let stride = window.text("stride", standard: "1") { words.append("strides=\(stride)") }
    if let padding = Self.padding(layer, window) { words.append("padding=\(padding)") }
    if let text = window.text("dilation", standard: "1") { words.append("kernel_dilation=\(text)") }
    if let text = window.text("groups", standard: "1") {
      words.append("feature_group_count=\(text)")
    }
    words += Self.bias(of: layer) + ["rngs=rngs"]
    return "nnx.Conv(\(words.joined(separator: ", ")))"
  }

  /// The padding where it is not the default, "SAME", which pads by the stride, too.
  private static func padding(_ layer: LayerPattern, _ window: WindowCode) -> String? {
    if layer.isSame, window.isEverywhere { return nil }
    switch window.padding {
    case .argument(let padding?): return padding
    case .argument(nil): return window.extents("kernel").allSatisfy { $0 == .one } ? nil : "0"
    case .before(let sides):
      return layer.slots["pad"] == .fixed(.padding(.causal)) ? "\"CAUSAL\"" : pairs(sides)
    }
  }

  static func pairs(_ sides: [(before: String, after: String)]) -> String {
    PythonText.tuple(sides.map { "(\($0.before), \($0.after))" })
  }

  private mutating func pooling(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    let window = WindowCode(layer: layer, place: place)
    let word = layer.kind == .maximumPooling ? "max" : "avg"
    var words = [
      "window_shape=\(PythonText.tuple(window.extents("size").map(\.python)))",
      "strides=\(PythonText.tuple(window.strides.map(\.python)))",
    ]
    let isPadded = window.sides.contains { $0 != ("0", "0") }
    if isPadded || layer.isSet("ceil") { words.append("padding=\(Self.pairs(window.sides))") }
    var name = "nnx.\(word)_pool"
    if layer.isSet("ceil") {
      name = "ceil_\(word)_pool"
      need("missing", PythonText.missing)
      need(name, word == "max" ? Self.ceilMaxPool : Self.ceilAveragePool)
    }
    return CodeModule(text: "partial(\(name), \(words.joined(separator: ", ")))")
  }

  private mutating func normalization(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    var words = [
      place.channels.python, "momentum=\(Formula.text(layer.number("momentum") ?? 0.9))",
    ]
    if let epsilon = layer.number("eps"), epsilon != 1e-5 { words.append("epsilon=\(epsilon)") }
    if !layer.isSet("center") { words.append("use_bias=False") }
    if !layer.isSet("scale") { words.append("use_scale=False") }
    if layer.isSet("sync") { need(Self.synchronizedName, Self.synchronized) }
    let usesRunning = layer.slots["statistics"] == .fixed(.word("running"))
    if usesRunning { need("RunningBatchNorm", Self.running) }
    let all = (words + ["rngs=rngs"]).joined(separator: ", ")
    return CodeModule(
      text: "\(usesRunning ? "Running" : "nnx.")BatchNorm(\(all))", isLearned: true)
  }

  private mutating func subsample(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    -> CodeModule
  {
    need("subsample\(rank)d", Self.subsample(rank))
    let strides = zip(
      Self.steps(rank), WindowCode(layer: layer, place: place).extents("stride"))
    let words =
      ["channels=\(layer.formula("channels").python)"]
      + strides.map { "\($0)=\($1.python)" }
    return CodeModule(text: "partial(subsample\(rank)d, \(words.joined(separator: ", ")))")
  }

  mutating func activation(_ activation: Activation) -> String {
    let constant = Formula.text(activation.constant)
    return switch activation.function {
    case .relu: "nnx.relu"
    case .leaky:
      constant == "0.01" ? "nnx.leaky_relu" : "partial(nnx.leaky_relu, negative_slope=\(constant))"
    case .sigmoid: "nnx.sigmoid"
    case .tanh: "nnx.tanh"
    case .elu: constant == "1" ? "nnx.elu" : "partial(nnx.elu, alpha=\(constant))"
    case .selu: "nnx.selu"
    case .gelu: "partial(nnx.gelu, approximate=False)"
    case .silu: "nnx.silu"
    case .mish: "jax.nn.mish"
    case .hardswish: "nnx.hard_swish"
    case .relu6: "nnx.relu6"
    case .hardsigmoid: "nnx.hard_sigmoid"
    case .softplus: "nnx.softplus"
    case .softsign: "nnx.soft_sign"
    case .softmax: "nnx.softmax"
    }
  }

  func function(of activation: String) -> String? {
    activation.contains("(") ? nil : activation
  }

  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String
  {
    need("SqueezeExcite", Self.squeezeExcite)
    return "SqueezeExcite(\(channels.python), \(reduction.python), rngs=rngs)"
  }

  /// A shortcut is a module, since an attribute that was one cannot become a function, nor the other way round.
  func assigning(_ chain: ChainCode, to part: String, indent: Int) -> [String] {
    var chain = chain
    if part == "shortcut" { chain.bareModule = nil }
    return chain.lines + ["self.\(part) = \(module(of: chain, indent: indent))"]
  }

  func branches(_ chains: [ChainCode]) -> [String] { branches(chains, in: "nnx.List()") }

  func spreading(_ value: String, over dimensions: Int) -> String {
    "\(value)[:\(String(repeating: ", None", count: dimensions))]"
  }

  func child(_ index: Int) -> String { "layers.\(index)" }

  func parameterName(_ role: ParameterRole, of kind: Kind) -> String {
    switch (kind, role) {
    case (.batchNormalization, .weight), (.layerNormalization, .weight),
      (.rootMeanSquareNormalization, .weight), (.groupNormalization, .weight),
      (.instanceNormalization, .weight):
      "scale"
    case (_, .runningMean): "mean"
    case (_, .runningVariance): "var"
    case (.parametricRelu, .weight): "negative_slope"
    case (.scale, .weight), (.layerScale, .weight), (.positions, .weight), (.classToken, .weight):
      "weight"
    case (.embedding, .weight): "embedding"
    case (_, .inputWeight), (_, .inputBias): role.rawValue
    case (_, .outputWeight): "out_proj_weight"
    case (_, .outputBias): "out_proj_bias"
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
    case (.parametricRelu, .weight): layer.isSet("shared") ? .scalar : .ours
    case (.positions, .weight): .channelsLast
    default: .ours
    }
  }
}
