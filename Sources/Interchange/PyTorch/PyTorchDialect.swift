import Networks

/// PyTorch: modules that are told the channels of their input.
struct PyTorchDialect: CodeDialect {
  let name = "PyTorch"
  let inputChannels = InputChannels.told
  let sequential = "nn.Sequential"
  let blockClass = "nn.Module"
  let words = BlockWords(
    method: "forward(self, x)", noShortcut: "nn.Identity()",
    concatenation: "torch.cat([branch(x) for branch in self.branches], dim=1)",
    sum: "sum(branch(x) for branch in self.branches)")
  let squeezeExciteLayers = ["gate.0", "gate.2"]
  let fixedParameters = FixedParameters.besideOther
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
      modules = convolution(layer, place, rank: rank)
    case .transposedConvolution:
      modules = try transposedConvolution(layer, place, rank: rank)
    case .dense:
      let features = layer.features ?? place.channels
      let bias = layer.isSet("bias") ? "" : ", bias=False"
      modules = layer.features == nil ? [] : [CodeModule(text: "nn.Flatten()")]
      modules.append(
        CodeModule(
          text: "nn.Linear(\(features.python), \(layer.formula("units").python)\(bias))",
          isLearned: true))
    case .batchNormalization: modules = [normalization(layer, place, rank: rank)]
    case .function(let function):
      let constant = function.parameterName.flatMap { layer.number($0) }
      modules = [CodeModule(text: activation(Activation(function, constant)))]
    case .activation, .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway,
      .rezero, .preactivation:
      throw .misplaced
    case .maximumPooling: modules = pooling(layer, place, "MaxPool", "float(\"-inf\")")
    case .averagePooling: modules = pooling(layer, place, "AvgPool", "0.0")
    case .globalAveragePooling, .globalMaximumPooling:
      let word = layer.kind == .globalAveragePooling ? "Avg" : "Max"
      modules = ["nn.Adaptive\(word)Pool\(rank)d(1)", "nn.Flatten()"].map { CodeModule(text: $0) }
    case .lastPosition:
      need("Last", Self.last)
      modules = [CodeModule(text: "Last()")]
    case .firstPosition:
      need("First", Self.first)
      modules = [CodeModule(text: "First()")]
    case .flatten: modules = [CodeModule(text: "nn.Flatten()")]
    case .dropout: modules = [CodeModule(text: "nn.Dropout(\(layer.formula("rate").python))")]
    case .scale:
      need("Scale", Self.scale)
      modules = [CodeModule(text: "Scale(\(layer.formula("start").python))", isLearned: true)]
    case .parametricRelu:
      let count = layer.isSet("shared") ? "" : "\(place.channels.python), "
      modules = [
        CodeModule(
          text: "nn.PReLU(\(count)init=\(layer.formula("start").python))", isLearned: true)
      ]
    case .subsample:
      need("Subsample\(rank)d", Self.subsample(rank))
      let strides = WindowCode(layer: layer, place: place).extents("stride").map(\.python)
      let words = [layer.formula("channels").python] + strides
      modules = [CodeModule(text: "Subsample\(rank)d(\(words.joined(separator: ", ")))")]
    case .pad: modules = [pad(layer, place, rank: rank)]
    case .upsample: modules = [upsample(layer, place, rank: rank)]
    case .pixelShuffle, .channelShuffle, .permute, .slice, .reshape:
      modules = [try rearrangement(layer, rank: rank)]
    case .identity: modules = [CodeModule(text: "nn.Identity()")]
    case .tap, .join: modules = [tap(layer)]
    case .layerNormalization, .rootMeanSquareNormalization, .groupNormalization,
      .instanceNormalization:
      modules = [exampleNormalization(layer, place, rank: rank)]
    case .localResponse: modules = [localResponse(layer)]
    case .layerScale:
      need("LayerScale", Self.layerScale)
      modules = [
        CodeModule(
          text: "LayerScale(\(place.channels.python), \(layer.formula("start").python))",
          isLearned: true)
      ]
    case .spatialDropout:
      modules = [CodeModule(text: "nn.Dropout\(rank)d(\(layer.formula("rate").python))")]
    case .dropPath:
      need("DropPath", Self.dropPath)
      modules = [CodeModule(text: "DropPath(\(layer.formula("rate").python))")]
    case .noise:
      need("GaussianNoise", Self.noise)
      modules = [CodeModule(text: "GaussianNoise(\(layer.formula("sd").python))")]
    case .gatedLinear: modules = [CodeModule(text: "nn.GLU(dim=1)")]
    case .attention: modules = [attention(layer, place)]
    case .embedding: modules = [embedding(layer)]
    case .positions: modules = [positions(layer)]
    case .classToken: modules = [classToken(place)]
    case .longShortTermMemory, .gatedRecurrentUnit: modules = [recurrent(layer, place)]
    }
    if layer.isFrozen {
      modules = modules.map { module in
        module.isLearned
          ? CodeModule(text: module.text + ".requires_grad_(False)", isLearned: true) : module
      }
    }
    if let own = layer.activation { modules.append(CodeModule(text: activation(own))) }
    return modules
  }

  private mutating func convolution(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    -> [CodeModule]
  {
    let window = WindowCode(layer: layer, place: place)
    var modules: [CodeModule] = []
    var words = [
      place.channels.python, layer.formula("channels").python, window.text("kernel") ?? "1",
    ]
    if let stride = window.text("stride", standard: "1") { words.append("stride=\(stride)") }
    switch window.padding {
    case .argument(let padding?): words.append("padding=\(padding)")
    case .argument(nil): break
    case .before(let sides):
      modules.append(CodeModule(text: "nn.ZeroPad\(rank)d(\(Self.sides(sides)))"))
    }
    for slot in ["dilation", "groups"] {
      if let text = window.text(slot, standard: "1") { words.append("\(slot)=\(text)") }
    }
    if !layer.isSet("bias") { words.append("bias=False") }
    modules.append(
      CodeModule(text: "nn.Conv\(rank)d(\(words.joined(separator: ", ")))", isLearned: true))
    return modules
  }

  /// Positions added, the last dimension first.
  static func sides(_ sides: [(before: String, after: String)]) -> String {
    "(\(sides.reversed().flatMap { [$0.before, $0.after] }.joined(separator: ", ")))"
  }

  private func pooling(
    _ layer: LayerPattern, _ place: CodePlace, _ name: String, _ filler: String
  ) -> [CodeModule] {
    let rank = layer.rank ?? 1
    let window = WindowCode(layer: layer, place: place)
    var modules: [CodeModule] = []
    var words = [window.text("size") ?? "1"]
    if let stride = window.text("stride"), stride != words[0] { words.append("stride=\(stride)") }
    switch window.padding {
    case .argument(let padding?): words.append("padding=\(padding)")
    case .argument(nil): break
    case .before(let sides):
      modules.append(
        CodeModule(text: "nn.ConstantPad\(rank)d(\(Self.sides(sides)), \(filler))"))
    }
    if layer.isSet("ceil") { words.append("ceil_mode=True") }
    modules.append(CodeModule(text: "nn.\(name)\(rank)d(\(words.joined(separator: ", ")))"))
    return modules
  }

  private mutating func normalization(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    -> CodeModule
  {
    // Without positions and over a length the same class serves.
    let dimensions = max(rank, 1)
    var words = [place.channels.python]
    if let epsilon = layer.number("eps"), epsilon != 1e-5 { words.append("eps=\(epsilon)") }
    if let momentum = layer.number("momentum"), momentum != 0.9 {
      words.append("momentum=\(Self.complement(momentum))")
    }
    let (hasScale, hasCenter) = (layer.isSet("scale"), layer.isSet("center"))
    if !hasScale, !hasCenter { words.append("affine=False") }
    let usesRunning = layer.slots["statistics"] == .fixed(.word("running"))
    if usesRunning { need("RunningBatchNorm\(dimensions)d", Self.running(dimensions)) }
    let isShared = !usesRunning && layer.isSet("sync")
    let name = usesRunning ? "Running" : isShared ? "nn.Sync" : "nn."
    let kind = isShared ? "BatchNorm" : "BatchNorm\(dimensions)d"
    var text = "\(name)\(kind)(\(words.joined(separator: ", ")))"
    if hasScale != hasCenter {
      need("fixed", Self.fixed)
      text = "fixed(\(text), \"\(hasScale ? "bias" : "weight")\")"
    }
    return CodeModule(text: text, isLearned: true)
  }

  /// 1 − m, as a person would write it.
  private static func complement(_ momentum: Double) -> String {
    let digits = 1e12
    return Formula.text(((1 - momentum) * digits).rounded() / digits)
  }

  mutating func activation(_ activation: Activation) -> String {
    let constant = Formula.text(activation.constant)
    return switch activation.function {
    case .relu: "nn.ReLU()"
    case .leaky: "nn.LeakyReLU(\(constant))"
    case .sigmoid: "nn.Sigmoid()"
    case .tanh: "nn.Tanh()"
    case .elu: constant == "1" ? "nn.ELU()" : "nn.ELU(\(constant))"
    case .selu: "nn.SELU()"
    case .gelu: "nn.GELU()"
    case .silu: "nn.SiLU()"
    case .mish: "nn.Mish()"
    case .hardswish: "nn.Hardswish()"
    case .relu6: "nn.ReLU6()"
    case .hardsigmoid: "nn.Hardsigmoid()"
    case .softplus: "nn.Softplus()"
    case .softsign: "nn.Softsign()"
    case .softmax: "nn.Softmax(dim=1)"
    }
  }

  mutating func squeezeExcite(channels: Formula, reduction: Formula, rank: Int)
    throws(CodeProblem) -> String
  {
    need("SqueezeExcite", Self.squeezeExcite)
    return "SqueezeExcite(\(channels.python), \(reduction.python))"
  }

  func function(of activation: String) -> String? {
    activation == "nn.ReLU()" ? "F.relu" : nil
  }

  func branches(_ chains: [ChainCode]) -> [String] { branches(chains, in: "nn.ModuleList()") }

  func gateStart(_ bias: Formula) -> [String] {
    ["nn.init.constant_(self.gate[0].bias, \(bias.python))"]
  }

  func spreading(_ value: String, over dimensions: Int) -> String {
    "\(value)[:, :\(String(repeating: ", None", count: dimensions))]"
  }

  func parameterName(_ role: ParameterRole, of kind: Kind) -> String { role.rawValue }
}

extension Activation.Function {
  /// The name of the parameter, where there is one.
  var parameterName: String? { Kind.function(self).row.parameters.first?.name }
}

// MARK: - What PyTorch does not have

extension PyTorchDialect {
  private static let last = """
    class Last(nn.Module):
        \"""The last position of a series.\"""

        def forward(self, x):
            return x[:, :, -1]
    """

  private static let scale = """
    class Scale(nn.Module):
        \"""Multiplies by one number, which is learned.\"""

        def __init__(self, start=1.0):
            super().__init__()
            self.weight = nn.Parameter(torch.full((1,), float(start)))

        def forward(self, x):
            return self.weight * x
    """

  private static func subsample(_ rank: Int) -> String {
    let strides = ["rows", "columns"].suffix(rank).map { rank == 1 ? "stride" : $0 }
    let fields = ["channels"] + strides
    let steps = strides.map { ", ::self.\($0)" }.joined()
    let sides = String(repeating: "0, 0, ", count: rank)
    return """
      class Subsample\(rank)d(nn.Module):
          \"""Keeps some positions and appends channels of zeros.\"""

          def __init__(self, \(fields.joined(separator: ", "))):
              super().__init__()
              \(fields.map { "self.\($0)" }.joined(separator: ", ")) = \(fields.joined(separator: ", "))

          def forward(self, x):
              return F.pad(x\(rank == 0 ? "" : "[:, :\(steps)]"), (\(sides)0, self.channels - x.shape[1]))
      """
  }

  private static let fixed = """
    def fixed(layer, name):
        \"""The layer with a parameter that is not learned.\"""
        getattr(layer, name).requires_grad_(False)
        return layer
    """

  private static func running(_ dimensions: Int) -> String {
    """
    class RunningBatchNorm\(dimensions)d(nn.BatchNorm\(dimensions)d):
        \"""Normalizes by its running statistics, in training too.\"""

        def train(self, mode=True):
            return super().train(False)
    """
  }

  private static let squeezeExcite = """
    class SqueezeExcite(nn.Module):
        \"""Weighs each channel by the means of all.\"""

        def __init__(self, channels, reduction=16):
            super().__init__()
            squeezed = max(1, channels // reduction)
            self.gate = nn.Sequential(
                nn.Linear(channels, squeezed),
                nn.ReLU(),
                nn.Linear(squeezed, channels),
                nn.Sigmoid(),
            )

        def forward(self, x):
            weights = self.gate(x.flatten(2).mean(dim=2) if x.dim() > 2 else x)
            return x * weights.reshape(weights.shape + (1,) * (x.dim() - 2))
    """
}
