/// Channels of groups taken in turn, so that groups of a convolution behind it see all of them.
///
/// Channel g · (channels / groups) + c goes to c · groups + g, as in PyTorch. After Zhang et al. 2018.
package struct ChannelShuffle: Hashable, Sendable {
  package var groups: Int

  /// A shuffle of so many groups.
  package init(groups: Int) { self.groups = groups }
}

extension ChannelShuffle: LayerDefinition {
  static let row = KindRow(
    "takes the channels of groups in turn", .shaping,
    [.positional("groups", .count, "groups of channels")]
  ) { .rearrangement(.channelShuffle(ChannelShuffle(groups: $0.count("groups")))) }

  func write(to arguments: inout Arguments) { arguments["groups"] = .count(groups) }

  var kind: Kind { .channelShuffle }

  /// How values move over an input.
  func regrouping(of input: Shape) throws(ShapeFault) -> Regrouping {
    if groups < 1 || input.channels % groups != 0 {
      throw .undivided(kind: kind.rawValue, channels: input.channels, by: groups)
    }
    return Regrouping(
      factors: [[groups, input.channels / groups]] + input.spatial.map { [$0] },
      order: [[1, 0]] + input.spatial.indices.map { [$0 + 2] })
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    Shape(try regrouping(of: input).output)
  }

  func repairs(of fault: ShapeFault) -> [[Setting.Value]] {
    guard case .undivided(_, let channels, by: _) = fault, channels > 0 else { return [] }
    let fitting = (1...max(1, min(groups, channels))).last { channels % $0 == 0 } ?? 1
    return [[Setting.Value("groups", .count(fitting))]]
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
