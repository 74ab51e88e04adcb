/// A gate that weighs channels by their means: gap, dense units, an activation, dense C, a gate.
///
/// Hu et al. 2018.
package struct SqueezeExcite: Hashable, Sendable {
  /// How many times fewer units than channels.
  package var reduction = 16

  /// How many units, whatever the channels; nothing leaves it to the reduction.
  package var units: Int?

  /// Between the two dense layers.
  package var activation: Activation? = .relu

  /// What makes the weights, such as numbers between 0 and 1.
  package var gate: Activation? = .sigmoid

  /// A gate of so many times fewer units, with relu and sigmoid.
  package init(reduction: Int = 16) { self.reduction = reduction }

  /// Whether the reduction alone says what its layers are.
  package var isPlain: Bool { self == SqueezeExcite(reduction: reduction) }

  /// The units for so many channels.
  package func units(for channels: Int) -> Int {
    units ?? max(1, channels / max(1, reduction))
  }
}

extension SqueezeExcite {
  static let row = KindRow(
    "weighs each channel by the means of all (squeeze-excite); with { … }, those blocks, then this",
    [
      .keyed("reduction", .count, default: "16", "how many times fewer units than channels"),
      .keyed("units", .countOrAuto, default: "auto", "how many units in place of that"),
      .keyed("act", .activation, default: "relu", "activation of the units"),
      .keyed("gate", .activation, default: "sigmoid", "activation that makes the weights"),
      .checkpoint,
    ], blocks: 0...1)

  init(_ arguments: Arguments) {
    reduction = arguments.count("reduction")
    units = arguments.countOrAuto("units")
    activation = arguments.activation("act")
    gate = arguments.activation("gate")
  }

  func write(to arguments: inout Arguments) {
    arguments["reduction"] = .count(reduction)
    arguments["units"] = units.map { .count($0) } ?? .word("auto")
    arguments["act"] = .activation(activation)
    arguments["gate"] = .activation(gate)
  }

  /// The layers for what it reads.
  func layers(for input: Shape) -> [Layer] {
    var squeeze = Dense(units: units(for: input.channels))
    squeeze.activation = activation
    var excite = Dense(units: input.channels)
    excite.activation = gate
    let means: [Layer] = input.spatialRank == 0 ? [] : [.globalPooling(.average)]
    return means + [.dense(squeeze), .dense(excite)]
  }
}
