import Networks

/// Transposed convolutions, and layers that give single values other places.
extension GluonDialect {
  mutating func transposedConvolution(_ layer: LayerPattern, _ place: CodePlace, rank: Int)
    throws(CodeProblem) -> [CodeModule]
  {
    let window = WindowCode(layer: layer, place: place)
    let code = try TransposedCode(layer, place, framework: name)
    let (padding, added, rest) = code.even(addsFewerThanStrides: true)
    try code.checkAdded(framework: name)
    var words = [layer.formula("channels").python, window.text("kernel") ?? "1"]
    if let stride = window.text("stride", standard: "1") { words.append("strides=\(stride)") }
    if let text = TransposedCode.text(padding) { words.append("padding=\(text)") }
    if let text = TransposedCode.text(added) { words.append("output_padding=\(text)") }
    for slot in ["dilation", "groups"] {
      if let text = window.text(slot, standard: "1") { words.append("\(slot)=\(text)") }
    }
    if !layer.isSet("bias") { words.append("use_bias=False") }
    let module = CodeModule(
      text: "nn.Conv\(rank)DTranspose(\(words.joined(separator: ", ")))", isLearned: true)
    if rest.allSatisfy({ $0.total == 0 }) { return [module] }
    var ranges = [(from: "0", to: "None")]
    for side in rest {
      ranges.append((from: "\(side.before)", to: side.after == 0 ? "None" : "\(-side.after)"))
    }
    return [module, Self.slice(ranges)]
  }

  mutating func rearrangement(_ layer: LayerPattern, rank: Int) throws(CodeProblem) -> CodeModule {
    let code = RearrangingCode(layer: layer)
    switch layer.kind {
    case .pixelShuffle:
      need("PixelShuffle\(rank)D", Self.pixelShuffle(rank))
      return CodeModule(text: "PixelShuffle\(rank)D(\(layer.formula("factor").python))")
    case .channelShuffle:
      need("ChannelShuffle", Self.channelShuffle)
      return CodeModule(text: "ChannelShuffle(\(layer.formula("groups").python))")
    case .permute:
      let axes = (["0"] + code.order.map(String.init)).joined(separator: ", ")
      return CodeModule(
        text: "nn.HybridLambda(lambda F, x: F.transpose(x, axes=(\(axes))))")
    case .slice: return Self.slice(code.ranges)
    case .reshape:
      let shape = (["0"] + code.shape).joined(separator: ", ")
      return CodeModule(
        text: "nn.HybridLambda(lambda F, x: F.reshape(x, shape=(\(shape))))")
    default: throw .misplaced
    }
  }

  /// Keeps some places along the dimensions, channels first.
  private static func slice(_ ranges: [(from: String, to: String)]) -> CodeModule {
    let text = ranges.enumerated().reduce("x") { text, range in
      let (from, to) = range.element
      if ["0", "None"].contains(from), to == "None" { return text }
      let begin = from == "None" ? "0" : from
      return "F.slice_axis(\(text), axis=\(range.offset + 1), begin=\(begin), end=\(to))"
    }
    return CodeModule(text: "nn.HybridLambda(lambda F, x: \(text == "x" ? "F.identity(x)" : text))")
  }

  private static func pixelShuffle(_ rank: Int) -> String {
    let split =
      rank == 1
      ? "x = F.reshape(x, shape=(0, -4, -1, self.factor, 0))"
      : """
      x = F.reshape(x, shape=(0, -4, -1, self.factor**2, 0, 0))
              x = F.reshape(x, shape=(0, 0, -4, self.factor, self.factor, 0, 0))
      """
    let axes = rank == 1 ? "0, 1, 3, 2" : "0, 1, 4, 2, 5, 3"
    let joined = Array(repeating: "-3", count: rank).joined(separator: ", ")
    return """
      class PixelShuffle\(rank)D(nn.HybridBlock):
          \"""Makes positions of groups of channels.\"""

          def __init__(self, factor):
              super().__init__()
              self.factor = factor

          def hybrid_forward(self, F, x):
              \(split)
              return F.reshape(F.transpose(x, axes=(\(axes))), shape=(0, 0, \(joined)))
      """
  }

  private static let channelShuffle = """
    class ChannelShuffle(nn.HybridBlock):
        \"""Takes the channels of groups in turn.\"""

        def __init__(self, groups):
            super().__init__()
            self.groups = groups

        def hybrid_forward(self, F, x):
            x = F.reshape(x, shape=(0, -4, self.groups, -1, -2))
            return F.reshape(F.swapaxes(x, dim1=1, dim2=2), shape=(0, -3, -2))
    """
}
