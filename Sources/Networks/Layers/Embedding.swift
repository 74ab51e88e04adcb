/// A row of a table for each whole number: what stands for a character or a word is learned.
///
/// The weight is `[vocabulary, units]`. The input has one channel, of whole numbers from 0 to vocabulary − 1.
package struct Embedding: Hashable, Sendable {
  package var vocabulary: Int
  package var units: Int

  /// A table of so many rows and numbers in each.
  package init(vocabulary: Int, units: Int) {
    self.vocabulary = vocabulary
    self.units = units
  }
}

extension Embedding: LayerDefinition {
  static let row = KindRow(
    "a row of a learned table for each whole number of its input", .dense,
    [
      .positional(
        "vocabulary", .count, "rows: the input has numbers from 0 to one less",
        also: ["num_embeddings", "input_dim"]),
      .positional(
        "units", .count, "channels of the output", also: ["embedding_dim", "output_dim"]),
    ]
  ) { .embedding(Embedding(vocabulary: $0.count("vocabulary"), units: $0.count("units"))) }

  func write(to arguments: inout Arguments) {
    arguments["vocabulary"] = .count(vocabulary)
    arguments["units"] = .count(units)
  }

  var kind: Kind { .embedding }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank == 0 { throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input) }
    if input.channels != 1 { throw .severalIndices(kind: kind.rawValue, input: input) }
    try NetworkLimits.check(vocabulary, of: "vocabulary", from: 1, input: input)
    try NetworkLimits.check(units, of: "units", from: 1, input: input)
    return input.with(channels: units)
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    [
      ParameterNeed(
        role: .weight, shape: [vocabulary, units], purpose: .table(deviation: 1))
    ]
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
