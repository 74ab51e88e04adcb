/// A recurrent layer: position after position, a state that the next one is made of.
///
/// `lstm` is that of Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000, `gru` that of Cho et al.
/// 2014, both as PyTorch has them: the rows of `weight_ih_l0` and `weight_hh_l0` are the gates i, f, g, o of the one and
/// r, z, n of the other, `[gates · units, channels]` and `[gates · units, units]`, and each matrix has a bias.
package struct Recurrent: Hashable, Sendable {
  /// How a state becomes the next one.
  package enum Cell: Hashable, Sendable {
    case longShortTerm
    case gatedUnit

    /// Gates of each unit.
    package var gates: Int {
      switch self {
      case .longShortTerm: 4
      case .gatedUnit: 3
      }
    }
  }

  package let cell: Cell
  package var units: Int

  /// Whether there is a second state that goes from the last position to the first.
  package var isBidirectional = false

  /// Whether only the states behind the last step are given, without positions.
  package var givesLast = false
  package var hasBias = true

  /// A layer of so many units in one direction.
  package init(_ cell: Cell, units: Int) {
    self.cell = cell
    self.units = units
  }

  /// 1 or 2.
  package var directions: Int { isBidirectional ? 2 : 1 }
}

extension Recurrent: LayerDefinition {
  private static func row(_ summary: String, _ cell: Cell) -> KindRow {
    KindRow(
      summary, .dense,
      [
        .positional("units", .count, "values of the state", also: ["hidden_size"]),
        .keyed(
          "directions", .choice(["1", "2"]), default: "1",
          "1, or 2 with a second state from the end to the start"),
        .keyed(
          "return", .choice(["all", "last"]), default: "all",
          "the state at every position, or behind the last step alone"),
        .keyed("bias", .flag, default: "yes", "learnable biases", also: ["use_bias"]),
      ]
    ) { arguments in
      var layer = Recurrent(cell, units: arguments.count("units"))
      layer.isBidirectional = arguments.word("directions") == "2"
      layer.givesLast = arguments.word("return") == "last"
      layer.hasBias = arguments.flag("bias")
      return .recurrent(layer)
    }
  }

  static let longShortTermRow = row(
    "long short-term memory: a state that gates write, keep and read", .longShortTerm)

  static let gatedUnitRow = row(
    "gated recurrent unit: a state that one gate mixes with a new one", .gatedUnit)

  func write(to arguments: inout Arguments) {
    arguments["units"] = .count(units)
    arguments["directions"] = .word(isBidirectional ? "2" : "1")
    arguments["return"] = .word(givesLast ? "last" : "all")
    arguments["bias"] = .flag(hasBias)
  }

  /// The kind under which it is listed.
  package var kind: Kind {
    switch cell {
    case .longShortTerm: .longShortTermMemory
    case .gatedUnit: .gatedRecurrentUnit
    }
  }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    if input.spatialRank != 1 { throw .rank(kind: kind.rawValue, wanted: [1], input: input) }
    try NetworkLimits.check(units, of: "units", from: 1, input: input)
    let channels = directions * units
    return givesLast ? Shape([channels]) : input.with(channels: channels)
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? { givesLast ? nil : [1] }

  /// All that comes before, or all.
  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    if isBidirectional || givesLast { return .whole }
    let extent = input.spatial.first ?? 1
    return field.through(
      kernel: [extent], stride: [1], dilation: [1],
      padding: [Padding.Sides(before: extent - 1, after: 0)])
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let rows = saturatingProduct(cell.gates, units)
    func needs(_ roles: [ParameterRole]) -> [ParameterNeed] {
      let matrices = zip(roles, [input.channels, units]).map { role, columns in
        ParameterNeed(
          role: role, shape: [rows, columns],
          purpose: .recurrent(fanIn: columns, fanOut: rows, units: units))
      }
      let biases = roles.dropFirst(2).map {
        ParameterNeed(role: $0, shape: [rows], purpose: .bias(fanIn: units))
      }
      return matrices + (hasBias ? biases : [])
    }
    let forward = needs([.inputToState, .stateToState, .inputToStateBias, .stateToStateBias])
    if !isBidirectional { return forward }
    return forward
      + needs([
        .reverseInputToState, .reverseStateToState, .reverseInputToStateBias,
        .reverseStateToStateBias,
      ])
  }

  /// The products of all gates with channels and state at each position.
  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    let inputs = saturatingSum(input.channels, units)
    return boundedProduct(
      [input.spatial.reduce(1, *), directions, cell.gates, units, inputs],
      limit: NetworkLimits.multiplyAdds)
  }

  func channelFlow(path: String) -> ChannelFlow { .refuses(.mixing(path: path, kind: kind)) }
}
