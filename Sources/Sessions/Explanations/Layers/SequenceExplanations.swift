import Networks

extension Attention: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let depth = facts.input.channels / max(heads, 1)
    let positions = facts.input.spatial.asProduct
    var sentences = [
      "\(Numbers.count(heads, "head")) of \(Numbers.count(depth, "channel")): "
        + "softmax(Q·Kᵀ/√\(depth))·V over \(positions) positions",
      "Q, K and V are in_proj_weight times x; out_proj.weight takes the heads together",
    ]
    if isCausal { sentences.append("causal: a position sees itself and those before it") }
    if dropout > 0 {
      sentences.append("training zeroes \(Numbers.percent(dropout)) of the softmax")
    }
    return sentences
  }

  func products(_ facts: BlockFacts) -> String? {
    let positions = facts.input.spatial.reduce(1, *)
    let channels = facts.input.channels
    return "4·\(channels)²·\(positions) + 2·\(positions)²·\(channels)"
  }
}

extension Positions: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    switch source {
    case .learned: ["adds a number to each value, the same for all examples, which is learned"]
    case .sinusoidal:
      [
        "adds sin(p/10000^(2i/\(facts.input.channels))) to channel 2i of position p, the cosine to 2i + 1",
        "nothing is learned",
      ]
    }
  }
}

extension Embedding: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    [
      "each whole number from 0 to \(vocabulary - 1) has a row of "
        + "\(Numbers.count(units, "number")), which is learned"
    ]
  }
}

/// A learned position before all others.
struct ExplainedClassToken: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    [
      "a position that is learned, before the \(facts.input.spatial.asProduct) of the input",
      "attention gathers there what first takes out",
    ]
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let terms = "\(facts.input.spatial.asProduct) + 1"
    return [BlockFormula(subject: "length", terms: terms, value: facts.output.spatial[0])]
  }
}

extension Recurrent: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let steps = Numbers.count(facts.input.spatial.first ?? 1, "step")
    let state = "a state of \(Numbers.count(units, "value"))"
    return [
      isBidirectional
        ? "\(state) goes through \(steps), a second one from the end to the start"
        : "\(state) goes through \(steps), from the first position to the last",
      cell == .longShortTerm
        ? "c = f·c + i·g, h = o·tanh(c), with gates i, f, g, o of the input and of h before"
        : "h = (1 − z)·n + z·h, n = tanh(Wx + r·Uh), with gates r and z of the input and of h before",
      givesLast ? "the output is h behind the last step" : "the output is h at every position",
    ]
  }

  func products(_ facts: BlockFacts) -> String? {
    let directions = isBidirectional ? "2·" : ""
    let inputs = "(\(facts.input.channels) + \(units))"
    return "\(directions)\(cell.gates)·\(units)·\(inputs)·\(facts.input.spatial.first ?? 1)"
  }
}
