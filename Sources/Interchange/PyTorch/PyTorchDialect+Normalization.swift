import Networks

/// Normalizations of each example by itself, and what is learned or drawn beside them.
extension PyTorchDialect {
  mutating func exampleNormalization(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    -> CodeModule
  {
    let isAffine = layer.isSet("affine")
    var words = [place.channels.python]
    if let epsilon = layer.number("eps"), epsilon != layer.standardEpsilon {
      words.append("eps=\(epsilon)")
    }
    let name: String
    switch layer.kind {
    case .groupNormalization:
      name = "nn.GroupNorm"
      words.insert(layer.formula("groups").python, at: 0)
      if !isAffine { words.append("affine=False") }
    case .instanceNormalization:
      name = "nn.InstanceNorm\(rank)d"
      if isAffine { words.append("affine=True") }
    default:
      let word = layer.kind == .layerNormalization ? "LayerNorm" : "RMSNorm"
      if let extents = layer.extents {
        words[0] = "[\(extents.map(String.init).joined(separator: ", "))]"
      }
      let isPlain = rank == 0 || layer.extents != nil
      if !isPlain { need("Channel\(word)", Self.channelNorm(word)) }
      name = isPlain ? "nn.\(word)" : "Channel\(word)"
      if !isAffine { words.append("elementwise_affine=False") }
    }
    return CodeModule(text: "\(name)(\(words.joined(separator: ", ")))", isLearned: isAffine)
  }

  func localResponse(_ layer: LayerPattern) -> CodeModule {
    var words = [layer.formula("size").python]
    for slot in ["alpha", "beta", "k"] {
      if let number = layer.number(slot),
        ArgumentValue.number(number).text != layer.standard(slot)
      {
        words.append("\(slot)=\(Formula.text(number))")
      }
    }
    return CodeModule(text: "nn.LocalResponseNorm(\(words.joined(separator: ", ")))")
  }

  private static func channelNorm(_ word: String) -> String {
    """
    class Channel\(word)(nn.\(word)):
        \"""Normalizes the channels of each position.\"""

        def forward(self, x):
            return super().forward(x.movedim(1, -1)).movedim(-1, 1)
    """
  }

  static let layerScale = """
    class LayerScale(nn.Module):
        \"""Multiplies each channel by a number, which is learned.\"""

        def __init__(self, channels, start=1e-6):
            super().__init__()
            self.weight = nn.Parameter(torch.full((channels,), float(start)))

        def forward(self, x):
            return self.weight.reshape((-1,) + (1,) * (x.dim() - 2)) * x
    """

  static let dropPath = """
    class DropPath(nn.Module):
        \"""Zeroes whole examples at random while training.\"""

        def __init__(self, rate):
            super().__init__()
            self.rate = rate

        def forward(self, x):
            if not self.training:
                return x
            kept = x.new_empty(x.shape[:1] + (1,) * (x.dim() - 1)).bernoulli_(1 - self.rate)
            return x * kept / (1 - self.rate)
    """

  static let noise = """
    class GaussianNoise(nn.Module):
        \"""Adds normal noise while training.\"""

        def __init__(self, deviation):
            super().__init__()
            self.deviation = deviation

        def forward(self, x):
            return x + self.deviation * torch.randn_like(x) if self.training else x
    """
}

extension LayerPattern {
  /// The default of a parameter, as it is typed.
  func standard(_ slot: String) -> String? { kind.row.parameter(called: slot)?.defaultText }

  /// What is added to variances where nothing else is said.
  var standardEpsilon: Double? { standard("eps").flatMap(Double.init) }
}
