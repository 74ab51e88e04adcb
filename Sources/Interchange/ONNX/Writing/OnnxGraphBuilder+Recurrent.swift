import Networks

/// Recurrent layers, whose gates ONNX has in another order.
extension OnnxGraphBuilder {
  /// Adds a recurrent layer; answers its output.
  mutating func add(_ layer: Recurrent, path: String, _ x: String, _ input: Shape) -> String {
    let isLong = layer.cell == .longShortTerm
    // i, o, f, c in place of i, f, g, o; z, r, h in place of r, z, n.
    let order = isLong ? [0, 3, 1, 2] : [1, 0, 2]
    let rows = constant(
      path + ".rows", order.flatMap { gate in (0..<layer.units).map { gate * layer.units + $0 } })
    let places = (rows: rows, axis: constant(path + ".axis", [0]))
    let steps = add("Transpose", path + ".steps", [x], [.integers("perm", [2, 0, 1])])
    let weights = addParameters(
      layer, path, "inputs", places, [[.inputToState], [.reverseInputToState]])
    let states = addParameters(
      layer, path, "states", places, [[.stateToState], [.reverseStateToState]])
    var inputs = [steps, weights, states]
    if layer.hasBias {
      inputs.append(
        addParameters(
          layer, path, "biases", places,
          [
            [.inputToStateBias, .stateToStateBias],
            [.reverseInputToStateBias, .reverseStateToStateBias],
          ]))
    }
    var attributes: [Onnx_AttributeProto] = [
      .integer("hidden_size", layer.units),
      .text("direction", layer.isBidirectional ? "bidirectional" : "forward"),
    ]
    if !isLong { attributes.append(.integer("linear_before_reset", 1)) }
    let value = add(
      isLong ? "LSTM" : "GRU", path + ".run", inputs, attributes, output: layer.givesLast ? 1 : 0)
    let axes = layer.givesLast ? [1, 0, 2] : [2, 1, 3, 0]
    let images = add(
      "Transpose", path + ".images", [value], [.integers("perm", axes)])
    let shape = layer.givesLast ? [0, -1] : [0, -1, input.spatial.first ?? 1]
    return add("Reshape", path, [images, constant(path + ".shape", shape)])
  }

  /// Adds parameters of each direction, their rows in the order of ONNX, one behind the other.
  private mutating func addParameters(
    _ layer: Recurrent, _ path: String, _ word: String, _ places: (rows: String, axis: String),
    _ roles: [[ParameterRole]]
  ) -> String {
    let parts = roles.prefix(layer.directions).enumerated().map { direction, roles in
      let ordered = roles.enumerated().map { number, role in
        add(
          "Gather", "\(path).\(word).\(direction).\(number)",
          ["\(path).\(role.rawValue)", places.rows],
          [.integer("axis", 0)])
      }
      let whole =
        ordered.count == 1
        ? ordered[0]
        : add("Concat", "\(path).\(word).\(direction).all", ordered, [.integer("axis", 0)])
      return add("Unsqueeze", "\(path).\(word).\(direction)", [whole, places.axis])
    }
    return parts.count == 1
      ? parts[0] : add("Concat", "\(path).\(word)", parts, [.integer("axis", 0)])
  }
}
