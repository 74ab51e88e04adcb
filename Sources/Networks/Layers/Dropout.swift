/// Zeroes values at random while training and scales the others by 1 / (1 − rate).
///
/// After Srivastava et al. 2014.
package struct Dropout: Hashable, Sendable {
  /// What is zeroed together.
  package enum Unit: Hashable, Sendable {
    case value

    /// All positions of a channel of an example (Tompson et al. 2015).
    case channel

    /// All values of an example: stochastic depth (Huang et al. 2016).
    case example
  }

  /// The share that is zeroed, at least 0 and below 1.
  package var rate: Double
  package let unit: Unit

  /// Dropout at a rate.
  package init(rate: Double, of unit: Unit = .value) {
    self.rate = rate
    self.unit = unit
  }
}

extension Dropout: LayerDefinition {
  static let row = KindRow(
    "zeroes values at random while training", .regularization,
    [.positional("rate", .share, default: "0.5", "share that is zeroed")]
  ) { .dropout(Dropout(rate: $0.number("rate"))) }

  static let channelRow = KindRow(
    "zeroes whole channels at random while training", .regularization, aliases: ["dropout2d"],
    [.positional("rate", .share, default: "0.5", "share of the channels that is zeroed")]
  ) { .dropout(Dropout(rate: $0.number("rate"), of: .channel)) }

  static let exampleRow = KindRow(
    "zeroes whole examples at random while training: stochastic depth, at the end of a residual body",
    .regularization, aliases: ["stochasticdepth"],
    [.positional("rate", .share, "share of the examples that is zeroed", also: ["p"])]
  ) { .dropout(Dropout(rate: $0.number("rate"), of: .example)) }

  func write(to arguments: inout Arguments) { arguments["rate"] = .number(rate) }

  var kind: Kind {
    switch unit {
    case .value: .dropout
    case .channel: .spatialDropout
    case .example: .dropPath
    }
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if unit == .channel, input.spatialRank == 0 {
      throw .rank(kind: kind.rawValue, wanted: [1, 2], input: input)
    }
    return input
  }
}

extension Block {
  /// Whether the block is dropout of any kind.
  package var isDropout: Bool {
    if case .layer(.dropout) = form { true } else { false }
  }
}
