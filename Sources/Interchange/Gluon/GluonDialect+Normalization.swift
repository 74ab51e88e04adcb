import Networks

/// Normalizations of each example by itself, and what is learned or drawn beside them.
extension GluonDialect {
  mutating func exampleNormalization(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    throws(CodeProblem) -> CodeModule
  {
    let isAffine = layer.isSet("affine")
    let epsilon = layer.number("eps") ?? 1e-5
    if layer.extents != nil {
      throw .unsupported(
        what: "ln over=all of an input with positions", framework: name,
        instead: "set PATH over=channels")
    }
    let words = isAffine ? "\(epsilon)" : "\(epsilon), affine=False"
    switch layer.kind {
    case .groupNormalization, .instanceNormalization:
      let channels = place.channels.python
      let groups =
        layer.kind == .groupNormalization ? layer.formula("groups").python : channels
      need("GroupNorm\(rank)D", Self.groupNorm(rank))
      return CodeModule(
        text: "GroupNorm\(rank)D(\(groups), \(channels), \(words))", isLearned: isAffine)
    case .layerNormalization where isAffine:
      let word = epsilon == 1e-5 ? "" : ", epsilon=\(epsilon)"
      return CodeModule(text: "nn.LayerNorm(axis=1\(word))", isLearned: true)
    default:
      let isCentred = layer.kind == .layerNormalization
      let module = "\(isCentred ? "ChannelNorm" : "RMSNorm")\(rank)D"
      need(module, Self.channelNorm(module, rank, isCentred: isCentred))
      return CodeModule(
        text: "\(module)(\(place.channels.python), \(words))", isLearned: isAffine)
    }
  }

  func localResponse(_ layer: LayerPattern, rank: Int) throws(CodeProblem) -> CodeModule {
    guard let size = layer.number("size"), size.truncatingRemainder(dividingBy: 2) == 1 else {
      throw .unsupported(
        what: "lrn over an even number of channels", framework: name, instead: "set PATH size=5")
    }
    let numbers = [("nsize", "size"), ("alpha", "alpha"), ("beta", "beta"), ("knorm", "k")]
    let words = numbers.map { "\($0)=\(layer.formula($1).python)" }.joined(separator: ", ")
    let call =
      rank == 1
      ? "F.LRN(x.expand_dims(3), \(words)).squeeze(axis=3)" : "F.LRN(x, \(words))"
    return CodeModule(text: "nn.HybridLambda(lambda F, x: \(call))")
  }

  /// Dropout that zeroes along the axes from one on together.
  static func dropout(_ layer: LayerPattern, rank: Int, from first: Int) -> String {
    let axes = PythonText.tuple((first..<max(rank + 2, first)).map(String.init))
    return "nn.Dropout(\(layer.formula("rate").python), axes=\(axes))"
  }

  /// A value for each channel with a dimension of 1 for each of the positions.
  private static func spread(_ name: String, _ rank: Int) -> String {
    "\(name).reshape(\(PythonText.tuple(["1", "-1"] + Array(repeating: "1", count: rank))))"
  }

  private static func affineEnd(_ rank: Int, hasBias: Bool = true) -> String {
    let bias = "y = F.broadcast_add(y, \(spread("beta", rank)))"
    return """
              if gamma is not None:
                  y = F.broadcast_mul(y, \(spread("gamma", rank)))\(hasBias ? "\n            " + bias : "")
              return y
      """
  }

  private static func groupNorm(_ rank: Int) -> String {
    """
    class GroupNorm\(rank)D(nn.HybridBlock):
        \"""Normalizes groups of channels over all positions, with a scale and a shift for each channel.\"""

        def __init__(self, groups, channels, epsilon=1e-5, affine=True):
            super().__init__()
            self.groups, self.epsilon = groups, epsilon
            if affine:
                self.gamma = self.params.get("gamma", shape=(channels,), init="ones")
                self.beta = self.params.get("beta", shape=(channels,), init="zeros")

        def hybrid_forward(self, F, x, gamma=None, beta=None):
            groups = x.reshape((0, self.groups, -1))
            groups = F.broadcast_sub(groups, F.mean(groups, axis=2, keepdims=True))
            variance = F.mean(F.square(groups), axis=2, keepdims=True)
            y = F.broadcast_div(groups, F.sqrt(variance + self.epsilon)).reshape_like(x)

    """ + affineEnd(rank)
  }

  private static func channelNorm(_ name: String, _ rank: Int, isCentred: Bool) -> String {
    let about =
      isCentred ? "Normalizes the channels" : "Divides the channels by the root mean square"
    let shift =
      isCentred
      ? "            self.beta = self.params.get(\"beta\", shape=(channels,), init=\"zeros\")\n"
      : ""
    let centre =
      isCentred ? "        x = F.broadcast_sub(x, F.mean(x, axis=1, keepdims=True))\n" : ""
    return """
      class \(name)(nn.HybridBlock):
          \"""\(about) of each position.\"""

          def __init__(self, channels, epsilon=1e-5, affine=True):
              super().__init__()
              self.epsilon = epsilon
              if affine:
                  self.gamma = self.params.get("gamma", shape=(channels,), init="ones")

      """ + shift + """

            def hybrid_forward(self, F, x, gamma=None, beta=None):

        """ + centre + """
                  y = F.broadcast_div(x, F.sqrt(F.mean(F.square(x), axis=1, keepdims=True) + self.epsilon))

          """ + affineEnd(rank, hasBias: isCentred)
  }

  static func layerScale(_ rank: Int) -> String {
    """
    class LayerScale\(rank)D(nn.HybridBlock):
        \"""Multiplies each channel by a number, which is learned.\"""

        def __init__(self, channels, start=1e-6):
            super().__init__()
            self.weight = self.params.get("weight", shape=(channels,), init=mx.init.Constant(start))

        def hybrid_forward(self, F, x, weight):
            return F.broadcast_mul(x, \(spread("weight", rank)))
    """
  }

  static let noise = """
    class GaussianNoise(nn.HybridBlock):
        \"""Adds normal noise while training.\"""

        def __init__(self, deviation):
            super().__init__()
            self.deviation = deviation

        def hybrid_forward(self, F, x):
            if not mx.autograd.is_training():
                return x
            return x + F.random.normal_like(x, scale=self.deviation)
    """

  static let gatedLinear = """
    class GatedLinear(nn.HybridBlock):
        \"""The first half of the channels times the sigmoid of the second.\"""

        def hybrid_forward(self, F, x):
            first, second = F.split(x, num_outputs=2, axis=1)
            return first * F.sigmoid(second)
    """
}
