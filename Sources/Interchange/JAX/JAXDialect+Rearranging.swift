import Networks

/// Transposed convolutions, and layers that give single values other places.
extension JAXDialect {
  func transposedConvolution(_ layer: LayerPattern, _ place: CodePlace) throws(CodeProblem)
    -> String
  {
    let window = WindowCode(layer: layer, place: place)
    let code = try TransposedCode(layer, place, framework: name)
    if window.text("groups", standard: "1") != nil {
      throw .unsupported(
        what: "deconv with groups", framework: name, instead: "set PATH groups=1")
    }
    var words = [
      place.channels.python, layer.formula("channels").python,
      PythonText.tuple(window.extents("kernel").map(\.python)),
    ]
    if window.text("stride", standard: "1") != nil {
      words.append("strides=\(PythonText.tuple(window.extents("stride").map(\.python)))")
    }
    words.append("padding=\(Self.pairs(code.around.map { ("\($0.before)", "\($0.after)") }))")
    if window.text("dilation", standard: "1") != nil {
      words.append(
        "kernel_dilation=\(PythonText.tuple(window.extents("dilation").map(\.python)))")
    }
    words += ["transpose_kernel=True"] + Self.bias(of: layer) + ["rngs=rngs"]
    return "nnx.ConvTranspose(\(words.joined(separator: ", ")))"
  }

  mutating func rearrangement(_ layer: LayerPattern, rank: Int) throws(CodeProblem) -> CodeModule {
    let code = RearrangingCode(layer: layer)
    switch layer.kind {
    case .pixelShuffle:
      need("pixel_shuffle\(rank)d", Self.pixelShuffle(rank))
      return CodeModule(
        text: "partial(pixel_shuffle\(rank)d, factor=\(layer.formula("factor").python))")
    case .channelShuffle:
      need("channel_shuffle", Self.channelShuffle)
      return CodeModule(
        text: "partial(channel_shuffle, groups=\(layer.formula("groups").python))")
    case .permute:
      let axes = (["0"] + code.orderWithChannelsLast.map(String.init)).joined(separator: ", ")
      return CodeModule(text: "partial(jnp.transpose, axes=(\(axes)))")
    case .slice:
      need("keep", Self.keep)
      let bounds = Array(code.bounds.dropFirst() + code.bounds.prefix(1))
      return CodeModule(text: "partial(keep, bounds=\(PythonText.tuple(bounds)))")
    case .reshape:
      need("reshape", Self.reshape)
      return CodeModule(text: "partial(reshape, shape=\(PythonText.tuple(code.shape)))")
    default: throw .misplaced
    }
  }

  private static func pixelShuffle(_ rank: Int) -> String {
    let (extents, factors, axes, joined) =
      rank == 1
      ? ("length", "factor", "0, 1, 3, 2", "length * factor")
      : (
        "height, width", "factor, factor", "0, 1, 4, 2, 5, 3", "height * factor, width * factor"
      )
    return """
      def pixel_shuffle\(rank)d(x, factor):
          \"""Makes positions of groups of channels.\"""
          \(extents), channels = x.shape[1:]
          channels //= \(rank == 1 ? "factor" : "factor**2")
          x = x.reshape(x.shape[0], \(extents), channels, \(factors))
          return x.transpose(\(axes)).reshape(x.shape[0], \(joined), channels)
      """
  }

  private static let channelShuffle = """
    def channel_shuffle(x, groups):
        \"""Takes the channels of groups in turn.\"""
        split = x.reshape(*x.shape[:-1], groups, x.shape[-1] // groups)
        return split.swapaxes(-1, -2).reshape(x.shape)
    """

  private static let keep = """
    def keep(x, bounds):
        \"""Some of the positions or channels.\"""
        return x[(slice(None), *(slice(*ends) for ends in bounds))]
    """

  private static let reshape = """
    def reshape(x, shape):
        \"""The values of each example in another shape, channels outermost.\"""
        return jnp.moveaxis(jnp.moveaxis(x, -1, 1).reshape(x.shape[0], *shape), 1, -1)
    """
}
