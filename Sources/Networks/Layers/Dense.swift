/// A fully connected layer; inputs with spatial extents are flattened first, as in Gluon.
///
/// The weight is `[units, features]`, the bias `[units]`.
package struct Dense: Hashable, Sendable {
  package var units: Int
  package var hasBias = true

  /// What the bias starts at, whatever the scheme; nothing leaves it to the scheme.
  package var biasStart: Double?

  /// Applied to the sum and bias, as Gluon's `activation` argument.
  package var activation: Activation?

  /// A dense layer with bias and no activation.
  package init(units: Int) { self.units = units }
}

extension Dense: LayerDefinition {
  static let row = KindRow(
    "fully connected layer; flattens its input first", .dense, aliases: ["linear"],
    [.positional("units", .count, "outputs", also: ["out_features"]), .bias, .act]
  ) { arguments in
    var dense = Dense(units: arguments.count("units"))
    (dense.hasBias, dense.biasStart) = arguments.bias("bias")
    dense.activation = arguments.activation("act")
    return .dense(dense)
  }

  func write(to arguments: inout Arguments) {
    arguments["units"] = .count(units)
    arguments["bias"] = .bias(hasBias, start: biasStart)
    arguments["act"] = .activation(activation)
  }

  var kind: Kind { .dense }

  func output(for input: Shape, windows: Windows?) throws(ShapeFault) -> Shape {
    try NetworkLimits.check(units, of: "units", from: 1, input: input)
    return Shape([units])
  }

  func strides(over input: Shape, windows: Windows?) -> [Int]? {
    input.spatialRank == 0 ? [] : nil
  }

  func receptiveField(_ field: ReceptiveField, input: Shape, windows: Windows?) -> ReceptiveField {
    .whole
  }

  var learns: Bool { true }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    let weight = ParameterNeed.kernel(outputs: units, inputs: input.count, kernel: [])
    if !hasBias { return [weight] }
    return [weight, .bias(outputs: units, inputs: input.count, kernel: [], start: biasStart)]
  }

  func multiplyAdds(input: Shape, output: Shape) -> Int? {
    boundedProduct([input.count, units], limit: NetworkLimits.multiplyAdds)
  }

  var ownActivation: Activation? { activation }
  var widthParameter: String? { "units" }
  func channelFlow(path: String) -> ChannelFlow { .ends(flattened: true) }

  func identity(rank: Int) -> Layer? {
    var result = self
    result.biasStart = nil
    return .dense(result)
  }
}
