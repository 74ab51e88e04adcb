import Networks

extension Pooling: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    [reduction == .maximum ? "the largest of each window" : "the mean of each window"]
  }

  func windows(_ facts: BlockFacts) -> Windows? { try? windows(over: facts.input) }
}

extension GlobalPooling: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let positions = facts.input.spatial.asProduct
    let output = facts.output
    switch self {
    case .average: return ["the mean over \(positions) positions, for each of \(output) channels"]
    case .maximum:
      return ["the largest of \(positions) positions, for each of \(output) channels"]
    case .last: return ["the last of \(positions) positions; \(output) channels are left"]
    case .first: return ["the first of \(positions) positions; \(output) channels are left"]
    }
  }
}
