import Networks

extension Activation: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["\(Kind.function(function).row.summary), value by value; the shape stays"]
  }
}

extension ParametricRelu: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["x where positive, slope · x elsewhere; the slope is learned"]
  }
}

extension Scale: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    [
      isShared
        ? "every value times one number that is learned"
        : "each of \(Numbers.count(facts.input.channels, "channel")) times a number that is learned"
    ]
  }
}

extension GatedLinear: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["y = a · sigmoid(b): channels 1 to \(facts.output.channels) are a, the others b"]
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let terms = "\(facts.input.channels)/2"
    return [BlockFormula(subject: "channels", terms: terms, value: facts.output.channels)]
  }
}

/// Values as they are.
struct ExplainedIdentity: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] { ["passes on what it gets"] }
}

extension Tap: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["passes on what it gets", "a later join \(name) takes it, too"]
  }
}
