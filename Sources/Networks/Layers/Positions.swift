/// Adds numbers that tell positions apart, which layers such as attention cannot.
///
/// The numbers are learned, a weight of the shape of an example, or sines and cosines (Vaswani et al. 2017): channels
/// 2i and 2i + 1 at position p have the sine and the cosine of p / 10000^(2i / channels). Two dimensions are counted
/// row by row.
package struct Positions: Hashable, Sendable {
  /// Where the numbers come from.
  package enum Source: String, CaseIterable, Hashable, Sendable {
    case learned
    case sinusoidal
  }

  package var source = Source.learned

  /// Learned numbers, or sines.
  package init(_ source: Source = .learned) { self.source = source }
}

extension Positions: LayerDefinition {
  static let row = KindRow(
    "adds numbers that tell positions apart: learned, or sines and cosines", .dense,
    [
      .positional(
        "source", .choice(Source.allCases.map(\.rawValue)), default: "learned",
        "whether they are learned")
    ]
  ) { .positions(Positions(Source(rawValue: $0.word("source")) ?? .learned)) }

  func write(to arguments: inout Arguments) { arguments["source"] = .word(source.rawValue) }

  var kind: Kind { .positions }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    return input
  }

  var learns: Bool { source == .learned }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    guard source == .learned else { return [] }
    return [
      ParameterNeed(role: .weight, shape: input.extents, purpose: .table(deviation: 0.02))
    ]
  }

  func channelFlow(path: String) -> ChannelFlow {
    switch source {
    case .learned: .passesWithParameters
    case .sinusoidal: .refuses(.mixing(path: path, kind: kind))
    }
  }
}
