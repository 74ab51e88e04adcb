/// The first half of the channels times the sigmoid of the second: y = a · sigmoid(b).
///
/// After Dauphin et al. 2017.
package struct GatedLinear: Hashable, Sendable {
  /// The layer, which has no arguments.
  package init() {}
}

extension GatedLinear: LayerDefinition {
  static let row = KindRow(
    "first half of the channels times the sigmoid of the second", .activation
  ) { _ in .gatedLinear }

  var kind: Kind { .gatedLinear }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.channels % 2 != 0 { throw .oddChannels(kind: kind.rawValue, input: input) }
    return Shape(channels: input.channels / 2, spatial: input.spatial)
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
