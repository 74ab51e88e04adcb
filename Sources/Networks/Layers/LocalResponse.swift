/// Divides each value by what its neighbours among the channels come to: y = x / (k + alpha · mean of x²)^beta.
///
/// After Krizhevsky et al. 2012. The mean is over `size` channels, those beyond the ends counted as zeros, as in
/// PyTorch: size / 2 before and (size − 1) / 2 behind.
package struct LocalResponse: Hashable, Sendable {
  /// Channels of a mean.
  package var size: Int
  package var alpha = 1e-4
  package var beta = 0.75

  /// What the mean is added to.
  package var start = 1.0

  /// PyTorch's defaults.
  package init(size: Int) { self.size = size }
}

extension LocalResponse: LayerDefinition {
  static let row = KindRow(
    "divides by the squares of neighbouring channels: local response normalization",
    .normalization,
    [
      .positional("size", .count, "channels of a mean"),
      .keyed("alpha", .number(0...1000), default: "0.0001", "factor of the mean of squares"),
      .keyed("beta", .number(0...100), default: "0.75", "exponent"),
      .keyed("k", .number(0...1000), default: "1", "what the mean is added to"),
    ]
  ) { arguments in
    var layer = LocalResponse(size: arguments.count("size"))
    layer.alpha = arguments.number("alpha")
    layer.beta = arguments.number("beta")
    layer.start = arguments.number("k")
    return .localResponse(layer)
  }

  func write(to arguments: inout Arguments) {
    arguments["size"] = .count(size)
    arguments["alpha"] = .number(alpha)
    arguments["beta"] = .number(beta)
    arguments["k"] = .number(start)
  }

  var kind: Kind { .localResponse }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank == 0 {
      throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input)
    }
    try NetworkLimits.check(size, of: "size", from: 1, input: input)
    return input
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
