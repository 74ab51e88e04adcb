import Networks

extension Convolution: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let window = (kernel.resolved(rank: facts.input.spatialRank) ?? [])
      .map(String.init).joined(separator: "×")
    let inputs = Numbers.count(facts.input.channels / max(1, groups), "channel")
    return ["each output is a sum over \(window) positions of \(inputs)"]
      + (activation?.sentences ?? [])
  }

  func windows(_ facts: BlockFacts) -> Windows? { try? windows(over: facts.input) }

  func products(_ facts: BlockFacts) -> String? {
    let kernel = kernel.resolved(rank: facts.input.spatialRank) ?? []
    let inputs = facts.input.channels / max(1, groups)
    return "\(facts.output.extents.asProduct) · \(([inputs] + kernel).asProduct)"
  }
}

extension TransposedConvolution: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let rank = facts.input.spatialRank
    let size = (kernel.resolved(rank: rank) ?? []).asExtents
    let step = (stride.resolved(rank: rank) ?? []).asExtents
    return [
      "each position is spread over a window of \(size); windows lie \(step) apart",
      "each output is the sum of the windows that it lies in",
    ] + (activation?.sentences ?? [])
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    guard let windows = try? windows(over: facts.input) else { return [] }
    return facts.alongPositions { axis in
      let cut = windows.cut[axis]
      let reach = (windows.kernel[axis] - 1) * windows.dilation[axis] + 1
      let ends = [cut.before, cut.after].filter { $0 != 0 }.map { cut in
        cut > 0 ? " − \(cut)" : " + \(-cut)"
      }
      return "(\(facts.input.spatial[axis]) − 1)·\(windows.stride[axis]) + \(reach)" + ends.joined()
    }
  }

  func products(_ facts: BlockFacts) -> String? {
    let kernel = kernel.resolved(rank: facts.input.spatialRank) ?? []
    let outputs = facts.output.channels / max(1, groups)
    return "\(facts.input.extents.asProduct) · \(([outputs] + kernel).asProduct)"
  }
}

extension Dense: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let input = facts.input
    let values = input.extents.asProduct
    return [
      input.spatialRank == 0
        ? "each output is a sum over all \(values) features"
        : "each output is a sum over all \(values) = \(Numbers.grouped(input.count)) values"
    ] + (activation?.sentences ?? [])
  }

  func products(_ facts: BlockFacts) -> String? {
    "\(facts.output.channels)·\(facts.input.count)"
  }
}

extension Activation {
  /// The sentence on an activation that is an argument.
  fileprivate var sentences: [String] {
    ["then \(function.rawValue), by act=\(function.rawValue)"]
  }
}
