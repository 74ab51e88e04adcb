/// Multiplies its input by one learnable number: y = α · x, where the weight α is `[1]`.
///
/// With α = 0 at the start a residual body is silent at first: ReZero (Bachlechner et al. 2020).
package struct Scale: Hashable, Sendable {
  /// What α starts at, whatever the scheme.
  package var start = 1.0

  /// A scale that starts at a number.
  package init(start: Double = 1) { self.start = start }
}

extension Scale: LayerDefinition {
  static let row = KindRow(
    "its input times one learnable number; scale 0 at the end of a residual body is ReZero",
    .normalization, [.positional("start", .start, default: "1", "what the number starts at")]
  ) { .scale(Scale(start: $0.number("start"))) }

  func write(to arguments: inout Arguments) { arguments["start"] = .number(start) }
  var kind: Kind { .scale }
  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    [ParameterNeed(role: .weight, shape: [1], purpose: .given(start: start))]
  }
}
