/// Multiplies its input by one learnable number, or by one for each channel: y = α · x.
///
/// The weight α is `[1]` or `[channels]`. With α = 0 at the start a residual body is silent at first: ReZero
/// (Bachlechner et al. 2020). One for each channel, small at the start, is LayerScale (Touvron et al. 2021).
package struct Scale: Hashable, Sendable {
  /// What α starts at, whatever the scheme.
  package var start = 1.0

  /// Whether all channels share one number.
  package var isShared = true

  /// A scale that starts at a number.
  package init(start: Double = 1, isShared: Bool = true) {
    self.start = start
    self.isShared = isShared
  }
}

extension Scale: LayerDefinition {
  static let row = KindRow(
    "its input times one learnable number; scale 0 at the end of a residual body is ReZero",
    .normalization, [.positional("start", .start, default: "1", "what the number starts at")]
  ) { .scale(Scale(start: $0.number("start"))) }

  static let channelRow = KindRow(
    "its input times a learnable number for each channel, small at first (LayerScale)",
    .normalization,
    [.positional("start", .start, default: "1e-06", "what the numbers start at")]
  ) { .scale(Scale(start: $0.number("start"), isShared: false)) }

  func write(to arguments: inout Arguments) { arguments["start"] = .number(start) }
  var kind: Kind { isShared ? .scale : .layerScale }
  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let shape = [isShared ? 1 : input.channels]
    return [ParameterNeed(role: .weight, shape: shape, purpose: .given(start: start))]
  }

  func channelFlow(path: String) -> ChannelFlow { isShared ? .passes : .passesWithParameters }
}
