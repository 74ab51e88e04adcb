import Networks

/// Transposed convolutions, and layers that give single values other places.
extension PyTorchDialect {
  func transposedConvolution(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    throws(CodeProblem) -> [CodeModule]
  {
    let window = WindowCode(layer: layer, place: place)
    let (padding, added, rest) = try TransposedCode(layer, place, framework: name)
      .even(addsFewerThanStrides: false)
    var words = [
      place.channels.python, layer.formula("channels").python, window.text("kernel") ?? "1",
    ]
    if let stride = window.text("stride", standard: "1") { words.append("stride=\(stride)") }
    if let text = TransposedCode.text(padding) { words.append("padding=\(text)") }
    if let text = TransposedCode.text(added) { words.append("output_padding=\(text)") }
    for slot in ["dilation", "groups"] {
      if let text = window.text(slot, standard: "1") { words.append("\(slot)=\(text)") }
    }
    if !layer.isSet("bias") { words.append("bias=False") }
    let module = CodeModule(
      text: "nn.ConvTranspose\(rank)d(\(words.joined(separator: ", ")))", isLearned: true)
    if rest.allSatisfy({ $0.before == 0 && $0.after == 0 }) { return [module] }
    // Padding below 0 leaves positions out.
    let sides = Self.sides(rest.map { ("\(-$0.before)", "\(-$0.after)") })
    return [module, CodeModule(text: "nn.ZeroPad\(rank)d(\(sides))")]
  }

  mutating func rearrangement(_ layer: LayerPattern, rank: Int) throws(CodeProblem) -> CodeModule {
    let code = RearrangingCode(layer: layer)
    switch layer.kind {
    case .pixelShuffle:
      let factor = layer.formula("factor").python
      if rank == 2 { return CodeModule(text: "nn.PixelShuffle(\(factor))") }
      need("PixelShuffle1d", Self.pixelShuffle)
      return CodeModule(text: "PixelShuffle1d(\(factor))")
    case .channelShuffle:
      let groups = layer.formula("groups").python
      if rank > 0 { return CodeModule(text: "nn.ChannelShuffle(\(groups))") }
      need("ChannelShuffle0d", Self.channelShuffle)
      return CodeModule(text: "ChannelShuffle0d(\(groups))")
    case .permute:
      need("Permute", Self.permute)
      return CodeModule(
        text: "Permute(\(code.order.map(String.init).joined(separator: ", ")))")
    case .slice:
      need("Slice", Self.slice)
      let bounds = code.isOverPositions ? code.bounds : Array(code.bounds.prefix(1))
      return CodeModule(text: "Slice(\(bounds.joined(separator: ", ")))")
    case .reshape:
      need("Reshape", Self.reshape)
      return CodeModule(text: "Reshape(\(code.shape.joined(separator: ", ")))")
    default: throw .misplaced
    }
  }

  private static let pixelShuffle = """
    class PixelShuffle1d(nn.Module):
        \"""Makes positions of groups of channels.\"""

        def __init__(self, factor):
            super().__init__()
            self.factor = factor

        def forward(self, x):
            x = x.unflatten(1, (-1, self.factor)).transpose(2, 3)
            return x.flatten(2)
    """

  private static let channelShuffle = """
    class ChannelShuffle0d(nn.Module):
        \"""Takes the features of groups in turn.\"""

        def __init__(self, groups):
            super().__init__()
            self.groups = groups

        def forward(self, x):
            return x.unflatten(1, (self.groups, -1)).transpose(1, 2).flatten(1)
    """

  private static let permute = """
    class Permute(nn.Module):
        \"""Puts channels and positions in another order.\"""

        def __init__(self, *order):
            super().__init__()
            self.order = order

        def forward(self, x):
            return x.permute(0, *self.order)
    """

  private static let slice = """
    class Slice(nn.Module):
        \"""Keeps some of the channels or positions.\"""

        def __init__(self, *bounds):
            super().__init__()
            self.places = (slice(None), *(slice(*ends) for ends in bounds))

        def forward(self, x):
            return x[self.places]
    """

  private static let reshape = """
    class Reshape(nn.Module):
        \"""Gives the values of each example another shape.\"""

        def __init__(self, *shape):
            super().__init__()
            self.shape = shape

        def forward(self, x):
            return x.reshape(x.shape[0], *self.shape)
    """
}
