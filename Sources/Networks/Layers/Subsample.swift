/// Keeps every stride-th position and appends channels of zeros, without parameters.
///
/// Shortcut option A of He et al. 2015.
package struct Subsample: Hashable, Sendable {
  /// Channels of the output, at least those of the input.
  package var channels: Int
  package var stride: Extents

  /// A subsampling to so many channels.
  package init(channels: Int, stride: Extents) {
    self.channels = channels
    self.stride = stride
  }
}

extension Subsample: LayerDefinition {
  static let row = KindRow(
    "keeps every stride-th position and appends channels of zeros", .shaping,
    [
      .positional("channels", .count, "channels of the output"),
      .keyed("stride", .extents, default: "1", "positions from one kept to the next"),
    ]
  ) {
    .subsample(
      Subsample(channels: $0.count("channels"), stride: $0.extents("stride") ?? Extents(1)))
  }

  func write(to arguments: inout Arguments) {
    arguments["channels"] = .count(channels)
    arguments["stride"] = .extents(stride)
  }

  var kind: Kind { .subsample }

  /// The strides for an input.
  package func strides(over input: Shape) throws(ShapeFault) -> [Int] {
    try windows(over: input).stride
  }

  /// Windows of one position, over an input of any spatial dimensions.
  private func windows(over input: Shape) throws(ShapeFault) -> Windows {
    try Windows(
      kernel: Extents(1), stride: stride, padding: Padding(0), dilation: Extents(1), input: input)
  }

  func slidingWindows(over input: Shape) throws(ShapeFault) -> Windows? {
    try windows(over: input)
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    guard let windows else { return input }
    if channels < input.channels { throw .subsampleChannels(input: input, channels: channels) }
    return Shape(channels: channels, spatial: try windows.positions(over: input, roundsUp: false))
  }

  var window: LayerWindow? {
    LayerWindow(kernel: Extents(1), stride: stride, padding: Padding(0), dilation: Extents(1))
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.subsample(path: path)) }
}
