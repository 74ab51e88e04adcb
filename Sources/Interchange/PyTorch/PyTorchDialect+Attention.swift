import Networks

/// Attention, and what goes with it.
extension PyTorchDialect {
  mutating func attention(_ layer: LayerPattern, _ place: CodePlace) -> CodeModule {
    need("SelfAttention", Self.selfAttention)
    let words = layer.attentionWords(bias: "bias", channels: place.channels.python)
    return CodeModule(text: "SelfAttention(\(words.joined(separator: ", ")))", isLearned: true)
  }

  mutating func embedding(_ layer: LayerPattern) -> CodeModule {
    need("Embedding", Self.embedding)
    let words = ["vocabulary", "units"].map { layer.formula($0).python }
    return CodeModule(text: "Embedding(\(words.joined(separator: ", ")))", isLearned: true)
  }

  mutating func positions(_ layer: LayerPattern) -> CodeModule {
    guard let extents = layer.extents else {
      need("SinePositions", Self.sinePositions)
      return CodeModule(text: "SinePositions()")
    }
    need("Positions", Self.positions)
    let words = extents.map(String.init).joined(separator: ", ")
    return CodeModule(text: "Positions(\(words))", isLearned: true)
  }

  mutating func classToken(_ place: CodePlace) -> CodeModule {
    need("ClassToken", Self.classToken)
    return CodeModule(text: "ClassToken(\(place.channels.python))", isLearned: true)
  }

  static let first = """
    class First(nn.Module):
        \"""The first position of a series.\"""

        def forward(self, x):
            return x[:, :, 0]
    """

  private static let selfAttention = """
    class SelfAttention(nn.MultiheadAttention):
        \"""Attention of all positions to each other, channels first.\"""

        def __init__(self, channels, heads, causal=False, dropout=0.0, bias=True):
            super().__init__(channels, heads, dropout=dropout, bias=bias, batch_first=True)
            self.causal = causal

        def forward(self, x):
            y = x.flatten(2).transpose(1, 2)
            mask = None
            if self.causal:
                mask = torch.ones(y.shape[1], y.shape[1], dtype=torch.bool, device=x.device).triu(1)
            y, _ = super().forward(y, y, y, need_weights=False, attn_mask=mask)
            return y.transpose(1, 2).reshape(x.shape)
    """

  private static let embedding = """
    class Embedding(nn.Embedding):
        \"""A row of a table for each whole number, channels first.\"""

        def forward(self, x):
            return super().forward(x[:, 0].long()).movedim(-1, 1)
    """

  private static let positions = """
    class Positions(nn.Module):
        \"""Adds numbers that are learned, one for each value of an example.\"""

        def __init__(self, *shape):
            super().__init__()
            self.weight = nn.Parameter(0.02 * torch.randn(shape))

        def forward(self, x):
            return x + self.weight
    """

  private static let sinePositions = """
    class SinePositions(nn.Module):
        \"""Adds sines and cosines of the positions.\"""

        def forward(self, x):
            channels, spatial = x.shape[1], x.shape[2:]
            channel = torch.arange(channels, device=x.device)[:, None]
            position = torch.arange(spatial.numel(), dtype=torch.float64, device=x.device)
            angle = position / 10000 ** (channel // 2 * 2 / channels)
            table = torch.where(channel % 2 == 0, angle.sin(), angle.cos())
            return x + table.reshape(channels, *spatial).to(x.dtype)
    """

  private static let classToken = """
    class ClassToken(nn.Module):
        \"""A position before all others, which is learned.\"""

        def __init__(self, channels):
            super().__init__()
            self.weight = nn.Parameter(0.02 * torch.randn(channels))

        def forward(self, x):
            token = self.weight[:, None].expand(len(x), -1, 1)
            return torch.cat([token, x.flatten(2)], dim=2)
    """
}

extension LayerPattern {
  /// The arguments of an attention but those that have their defaults; `bias` is what the flag is called.
  func attentionWords(bias: String, channels: String?) -> [String] {
    var words = [channels, formula("heads").python].compactMap { $0 }
    if isSet("causal") { words.append("causal=True") }
    if formula("dropout").number != 0 { words.append("dropout=\(formula("dropout").python)") }
    if !isSet("bias") { words.append("\(bias)=False") }
    return words
  }
}
