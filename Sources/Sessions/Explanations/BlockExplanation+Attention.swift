import Networks

extension BlockExplanation {
  /// The sentences on an attention.
  static func sentences(on attention: Attention, _ input: Shape) -> [String] {
    let depth = input.channels / max(attention.heads, 1)
    let positions = product(input.spatial)
    var sentences = [
      "\(Numbers.count(attention.heads, "head")) of \(Numbers.count(depth, "channel")): "
        + "softmax(Q·Kᵀ/√\(depth))·V over \(positions) positions",
      "Q, K and V are in_proj_weight times x; out_proj.weight takes the heads together",
    ]
    if attention.isCausal { sentences.append("causal: a position sees itself and those before it") }
    if attention.dropout > 0 {
      sentences.append("training zeroes \(Numbers.percent(attention.dropout)) of the softmax")
    }
    return sentences
  }

  /// The sentences on numbers that tell positions apart.
  static func sentences(on positions: Positions, _ input: Shape) -> [String] {
    switch positions.source {
    case .learned: ["adds a number to each value, the same for all examples, which is learned"]
    case .sinusoidal:
      [
        "adds sin(p/10000^(2i/\(input.channels))) to channel 2i of position p, the cosine to 2i + 1",
        "nothing is learned",
      ]
    }
  }
}
