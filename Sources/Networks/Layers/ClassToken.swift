/// A learned position before all others, at which attention gathers what a classifier is to read.
///
/// The weight is `[channels]`. Two dimensions become one, row by row (Dosovitskiy et al. 2021).
struct ClassToken: LayerDefinition {
  static let row = KindRow(
    "a learned position before all others; height and width become one length", .dense
  ) { _ in .classToken }

  var kind: Kind { .classToken }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    let positions = input.spatial.reduce(1, *)
    return Shape([input.channels, saturatingSum(positions, 1)])
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? { nil }

  /// Of a length, position i sees what i − 1 saw before.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    guard input.spatialRank == 1 else { return .whole }
    return field.through(
      kernel: [1], stride: [1], dilation: [1], padding: [Padding.Sides(before: 1, after: 0)])
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    [ParameterNeed(role: .weight, shape: [input.channels], purpose: .table(deviation: 0.02))]
  }

  func channelFlow(path: String) -> ChannelFlow { .passesWithParameters }
}
