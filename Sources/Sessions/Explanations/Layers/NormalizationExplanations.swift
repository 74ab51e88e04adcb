import Networks

extension BatchNormalization: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    if usesRunningStatistics {
      return ["normalizes by its running statistics, in training too; they stay as they are"]
    }
    let positions =
      facts.input.spatialRank == 0 ? "" : ", and \(facts.input.spatial.asProduct) positions"
    let batch = isSynchronized ? "the batches of all processes of mpirun" : "the batch"
    return [
      "a mean and a variance for each channel, over \(batch)\(positions)",
      "evaluate normalizes by the running statistics instead",
    ]
  }
}

extension ExampleNormalization: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let input = facts.input
    let channels = Numbers.count(input.channels, "channel")
    let positions = input.spatial.asProduct
    let each = input.spatialRank == 0 ? "" : ", at each of \(positions) positions"
    let all = input.spatialRank == 0 ? "" : " and \(positions) positions"
    let over =
      switch sets {
      case .channels: "a mean and a variance over \(channels)\(each)"
      case .example:
        "a mean and a variance over all \(input.extents.asProduct) values of an example"
      case .rootMeanSquare: "the root mean square of \(channels)\(each); means stay"
      case .groups(let groups):
        "a mean and a variance over \(Numbers.count(input.channels / max(groups, 1), "channel"))"
          + "\(all), for each of \(Numbers.count(groups, "group"))"
      case .positions: "a mean and a variance over \(positions) positions, for each of \(channels)"
      }
    return [over, "by each example alone: evaluate does the same as training"]
  }
}

extension LocalResponse: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["each value over what the squares of \(Numbers.count(size, "channel")) around it come to"]
  }
}
