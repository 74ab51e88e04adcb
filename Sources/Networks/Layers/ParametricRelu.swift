/// x where positive, else slope · x, with a slope that is learned.
///
/// After He et al. 2015. The weight is `[1]` where all channels share one slope, as in PyTorch by default, or `[channels]`.
package struct ParametricRelu: Hashable, Sendable {
  /// What the slopes start at, whatever the scheme.
  package var start = 0.25
  package var isShared = true

  /// A layer with the defaults of PyTorch.
  package init() {}
}

extension ParametricRelu: LayerDefinition {
  static let row = KindRow(
    "x where positive, slope · x elsewhere, with a slope that is learned", .activation,
    [
      .positional("start", .start, default: "0.25", "what the slope starts at", also: ["init"]),
      .keyed(
        "shared", .flag, default: "yes", "one slope for all channels instead of one for each"),
    ]
  ) { arguments in
    var layer = ParametricRelu()
    layer.start = arguments.number("start")
    layer.isShared = arguments.flag("shared")
    return .parametricRelu(layer)
  }

  func write(to arguments: inout Arguments) {
    arguments["start"] = .number(start)
    arguments["shared"] = .flag(isShared)
  }

  var kind: Kind { .parametricRelu }
  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let shape = [isShared ? 1 : input.channels]
    return [ParameterNeed(role: .weight, shape: shape, purpose: .given(start: start))]
  }

  func channelFlow(path: String) -> ChannelFlow { isShared ? .passes : .passesWithParameters }
}
