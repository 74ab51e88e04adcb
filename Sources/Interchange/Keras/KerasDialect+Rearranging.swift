import Networks

/// Transposed convolutions, and layers that give single values other places.
extension KerasDialect {
  func transposedConvolution(
    _ layer: LayerPattern, _ place: CodePlace, rank: Int, _ activation: inout Activation?
  ) throws(CodeProblem) -> [CodeModule] {
    let window = WindowCode(layer: layer, place: place)
    let code = try TransposedCode(layer, place, framework: name)
    if code.isSpreadAndStrided {
      throw .unsupported(
        what: "deconv with both stride and dilation", framework: name,
        instead: "set PATH dilation=1")
    }
    if window.text("groups", standard: "1") != nil {
      throw .unsupported(
        what: "deconv with groups", framework: name, instead: "set PATH groups=1")
    }
    try code.checkAdded(framework: name)
    var words = [layer.formula("channels").python, window.text("kernel") ?? "1"]
    if let stride = window.text("stride", standard: "1") { words.append("strides=\(stride)") }
    if code.hasGaps || code.added.contains(where: { $0 > 0 }) {
      words.append("output_padding=\(TransposedCode.text(code.added) ?? "0")")
    }
    if let text = window.text("dilation", standard: "1") { words.append("dilation_rate=\(text)") }
    words += Self.bias(of: layer)
    let sides = code.cut.map { ($0.before, max(0, $0.after)) }
    let isCropped = sides.contains { $0 != (0, 0) }
    if let argument = Self.argument(&activation) { words.append(argument) }
    let module = learned("keras.layers.Conv\(rank)DTranspose", words, layer)
    let pairs = sides.map { "(\($0.0), \($0.1))" }
    let cropping = rank == 1 ? pairs[0] : "(\(pairs.joined(separator: ", ")))"
    return [module]
      + (isCropped ? [CodeModule(text: "keras.layers.Cropping\(rank)D(\(cropping))")] : [])
  }

  mutating func rearrangement(_ layer: LayerPattern, rank: Int) throws(CodeProblem)
    -> [CodeModule]
  {
    let code = RearrangingCode(layer: layer)
    switch layer.kind {
    case .pixelShuffle:
      need("PixelShuffle\(rank)D", Self.pixelShuffle(rank))
      return [CodeModule(text: "PixelShuffle\(rank)D(\(layer.formula("factor").python))")]
    case .channelShuffle:
      need("ChannelShuffle", Self.channelShuffle)
      return [CodeModule(text: "ChannelShuffle(\(layer.formula("groups").python))")]
    case .permute:
      return [Self.permute(code.orderWithChannelsLast)]
    case .slice:
      need("Slice", Self.slice)
      let bounds = Array(code.bounds.dropFirst() + code.bounds.prefix(1))
      return [CodeModule(text: "Slice(\(bounds.joined(separator: ", ")))")]
    case .reshape:
      let outputRank = code.shape.count - 1
      let first = rank == 0 ? [] : [Self.permute([rank + 1] + Array(1..<rank + 1))]
      let last = outputRank == 0 ? [] : [Self.permute(Array(2..<outputRank + 2) + [1])]
      return first + [CodeModule(text: "keras.layers.Reshape(\(PythonText.tuple(code.shape)))")]
        + last
    default: throw .misplaced
    }
  }

  private static func permute(_ order: [Int]) -> CodeModule {
    CodeModule(text: "keras.layers.Permute(\(PythonText.tuple(order.map(String.init))))")
  }

  private static func pixelShuffle(_ rank: Int) -> String {
    let (extents, factors, axes, joined) =
      rank == 1
      ? ("length", "self.factor", "0, 1, 3, 2", "length * self.factor")
      : (
        "height, width", "self.factor, self.factor", "0, 1, 4, 2, 5, 3",
        "height * self.factor, width * self.factor"
      )
    let group = rank == 1 ? "self.factor" : "self.factor**2"
    return """
      class PixelShuffle\(rank)D(keras.layers.Layer):
          \"""Makes positions of groups of channels.\"""

          def __init__(self, factor):
              super().__init__()
              self.factor = factor

          def call(self, x):
              \(extents), channels = x.shape[1:]
              channels //= \(group)
              x = keras.ops.reshape(x, (-1, \(extents), channels, \(factors)))
              x = keras.ops.transpose(x, (\(axes)))
              return keras.ops.reshape(x, (-1, \(joined), channels))
      """
  }

  private static let channelShuffle = """
    class ChannelShuffle(keras.layers.Layer):
        \"""Takes the channels of groups in turn.\"""

        def __init__(self, groups):
            super().__init__()
            self.groups = groups

        def call(self, x):
            shape = x.shape[1:]
            x = keras.ops.reshape(x, (-1, *shape[:-1], self.groups, shape[-1] // self.groups))
            return keras.ops.reshape(keras.ops.swapaxes(x, -1, -2), (-1, *shape))
    """

  private static let slice = """
    class Slice(keras.layers.Layer):
        \"""Keeps some of the positions or channels.\"""

        def __init__(self, *bounds):
            super().__init__()
            self.places = (slice(None), *(slice(*ends) for ends in bounds))

        def call(self, x):
            return x[self.places]
    """
}
