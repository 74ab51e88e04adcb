/// Groups of channels as positions: factor · factor channels of an image become factor × factor positions of one.
///
/// Channel c · factor² + i · factor + j goes to channel c, row i and column j, as in PyTorch; of a series, channel
/// c · factor + i goes to channel c, position i. After Shi et al. 2016.
package struct PixelShuffle: Hashable, Sendable {
  package var factor: Int

  /// So many positions for each, along each dimension.
  package init(factor: Int) { self.factor = factor }
}

extension PixelShuffle: LayerDefinition {
  static let row = KindRow(
    "makes positions of groups of channels: sub-pixel upsampling", .shaping,
    [
      .positional(
        "factor", .count, "positions for each of the input", also: ["upscale_factor", "block_size"])
    ]
  ) { .rearrangement(.pixelShuffle(PixelShuffle(factor: $0.count("factor")))) }

  func write(to arguments: inout Arguments) { arguments["factor"] = .count(factor) }

  var kind: Kind { .pixelShuffle }

  /// How many channels become one.
  private func group(over input: Shape) -> Int {
    input.spatialRank == 2 ? saturatingProduct(factor, factor) : factor
  }

  /// How values move over an input.
  func regrouping(of input: Shape) throws(ShapeFault) -> Regrouping {
    let rank = input.spatialRank
    if rank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    try NetworkLimits.check(factor, of: "factor", from: 1, input: input)
    let group = group(over: input)
    if input.channels % group != 0 {
      throw .undivided(kind: kind.rawValue, channels: input.channels, by: group)
    }
    let channels = [input.channels / group] + Array(repeating: factor, count: rank)
    return Regrouping(
      factors: [channels] + input.spatial.map { [$0] },
      order: [[0]] + (1...rank).map { [rank + $0, $0] })
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    Shape(try regrouping(of: input).output)
  }

  /// None: an output lies between positions of the input.
  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    factor == 1 ? Array(repeating: 1, count: input.spatialRank) : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    field.upsampled(by: Array(repeating: factor, count: input.spatialRank), isLinear: false)
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
