import Networks

extension Dropout: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let kept = Numbers.typed((1000 / (1 - rate)).rounded() / 1000)
    let zeroed =
      switch unit {
      case .value: "the values"
      case .channel: "the channels of each example, with all their positions,"
      case .example: "the examples whole: the shortcut alone is left of a residual block"
      }
    return [
      "training zeroes \(Numbers.percent(rate)) of \(zeroed)"
        + (unit == .example ? "" : " at random"),
      "what is kept goes times 1/(1 − \(Numbers.typed(rate))) = \(kept), so the mean stays",
      "evaluate leaves all values as they are",
    ]
  }
}

extension Noise: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    [
      "training adds normal noise of deviation \(Numbers.typed(deviation))",
      "evaluate leaves all values as they are",
    ]
  }
}
