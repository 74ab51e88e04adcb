import Networks

extension BlockExplanation {
  /// The sentences on a normalization of each example by itself.
  static func sentences(on layer: ExampleNormalization, _ input: Shape) -> [String] {
    let channels = Numbers.count(input.channels, "channel")
    let positions = product(input.spatial)
    let each = input.spatialRank == 0 ? "" : ", at each of \(positions) positions"
    let all = input.spatialRank == 0 ? "" : " and \(positions) positions"
    let over =
      switch layer.sets {
      case .channels: "a mean and a variance over \(channels)\(each)"
      case .example: "a mean and a variance over all \(product(input.extents)) values of an example"
      case .rootMeanSquare: "the root mean square of \(channels)\(each); means stay"
      case .groups(let groups):
        "a mean and a variance over \(Numbers.count(input.channels / max(groups, 1), "channel"))"
          + "\(all), for each of \(Numbers.count(groups, "group"))"
      case .positions: "a mean and a variance over \(positions) positions, for each of \(channels)"
      }
    return [over, "by each example alone: evaluate does the same as training"]
  }
}
