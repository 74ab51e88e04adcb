import Networks

extension BlockExplanation {
  /// The sentences on a recurrent layer.
  static func sentences(on layer: Recurrent, _ input: Shape) -> [String] {
    let steps = Numbers.count(input.spatial.first ?? 1, "step")
    let state = "a state of \(Numbers.count(layer.units, "value"))"
    return [
      layer.isBidirectional
        ? "\(state) goes through \(steps), a second one from the end to the start"
        : "\(state) goes through \(steps), from the first position to the last",
      layer.cell == .longShortTerm
        ? "c = f·c + i·g, h = o·tanh(c), with gates i, f, g, o of the input and of h before"
        : "h = (1 − z)·n + z·h, n = tanh(Wx + r·Uh), with gates r and z of the input and of h before",
      layer.givesLast
        ? "the output is h behind the last step"
        : "the output is h at every position",
    ]
  }

  /// The products of a recurrent layer.
  static func terms(of layer: Recurrent, _ input: Shape) -> String {
    let directions = layer.isBidirectional ? "2·" : ""
    let inputs = "(\(input.channels) + \(layer.units))"
    return "\(directions)\(layer.cell.gates)·\(layer.units)·\(inputs)·\(input.spatial.first ?? 1)"
  }
}
