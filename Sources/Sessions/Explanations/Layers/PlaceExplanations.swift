import Networks

extension Pad: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    switch mode {
    case .zero: ["adds positions of zeros around the others"]
    case .reflect: ["adds positions that mirror those next to the edge"]
    case .replicate: ["adds positions that repeat the edge"]
    }
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let sides = (try? sides(over: facts.input)) ?? []
    return facts.alongPositions { axis in
      let side = sides[axis]
      let parts =
        side.before == side.after ? ["2·\(side.before)"] : ["\(side.before)", "\(side.after)"]
      return (["\(facts.input.spatial[axis])"] + (side.total == 0 ? [] : parts))
        .joined(separator: " + ")
    }
  }
}

extension Upsample: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    switch mode {
    case .nearest: ["every position again, as often as the factor says"]
    case .linear: ["positions between two others: their mean, weighed by how near they are"]
    }
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let factors = (try? factors(over: facts.input)) ?? []
    return facts.alongPositions { "\(factors[$0])·\(facts.input.spatial[$0])" }
  }
}

extension Subsample: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let zeros = facts.output.channels - facts.input.channels
    return [
      zeros > 0
        ? "keeps positions at even distances, adds \(Numbers.count(zeros, "channel")) of zeros"
        : "keeps positions at even distances"
    ]
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let strides = (try? strides(over: facts.input)) ?? []
    let names = facts.input.spatialRank == 1 ? ["length"] : ["height", "width"]
    return zip(names, strides.indices).map { name, axis in
      let (extent, stride) = (facts.input.spatial[axis], strides[axis])
      return BlockFormula(
        subject: name, terms: stride == 1 ? "\(extent)" : "⌈\(extent)/\(stride)⌉",
        value: facts.output.spatial[axis])
    }
  }
}

/// Values of all positions as features.
struct ExplainedFlatten: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    ["the same values, channels first, without their places"]
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let terms = facts.input.extents.asProduct
    return [BlockFormula(subject: "features", terms: terms, value: facts.output.channels)]
  }
}

extension Rearrangement: ExplainedLayer {
  func sentences(_ facts: BlockFacts) -> [String] {
    let input = facts.input
    switch self {
    case .pixelShuffle(let shuffle):
      let group = input.spatialRank == 2 ? shuffle.factor * shuffle.factor : shuffle.factor
      return ["every \(Numbers.count(group, "channel")) become as many positions of one channel"]
    case .channelShuffle(let shuffle):
      return [
        "the channels of \(Numbers.count(shuffle.groups, "group")) in turn: the first of each, "
          + "the second of each, ..."
      ]
    case .permute:
      return ["the same values, \(input.displayText) with the dimensions in another order"]
    case .slice(let slice): return ["some of the \(slice.unit.rawValue), as they are"]
    case .reshape: return ["the same values in the same order, channels outermost"]
    }
  }

  func sizes(_ facts: BlockFacts) -> [BlockFormula] {
    let (input, output) = (facts.input, facts.output)
    switch self {
    case .pixelShuffle(let shuffle):
      let group = input.spatial.map { _ in shuffle.factor }.asProduct
      let terms =
        input.spatialRank == 1 ? "\(input.channels)/\(group)" : "\(input.channels)/(\(group))"
      return [BlockFormula(subject: "channels", terms: terms, value: output.channels)]
        + facts.alongPositions { "\(shuffle.factor)·\(input.spatial[$0])" }
    case .slice(let slice):
      guard case .kept(let ranges)? = try? moves(over: input) else { return [] }
      let terms = ranges.map { "\($0.upperBound) − \($0.lowerBound)" }
      if slice.unit == .positions { return facts.alongPositions { terms[$0 + 1] } }
      return [BlockFormula(subject: "channels", terms: terms[0], value: output.channels)]
    case .channelShuffle, .permute, .reshape: return []
    }
  }
}

extension BlockFacts {
  /// The formula of each dimension of the output's positions; one where it holds for all.
  func alongPositions(_ terms: (Int) -> String) -> [BlockFormula] {
    let names = input.spatialRank == 1 ? ["length"] : ["height", "width"]
    let all = zip(names, output.spatial.indices).map { name, axis in
      BlockFormula(subject: name, terms: terms(axis), value: output.spatial[axis])
    }
    guard let first = all.first, all.count > 1, all.allSatisfy({ $0.terms == first.terms }) else {
      return all
    }
    let subject = names.joined(separator: " and ")
    return [BlockFormula(subject: subject, terms: first.terms, value: first.value)]
  }
}
