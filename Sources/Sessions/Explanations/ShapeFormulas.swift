import Networks

/// Formulas and sentences of layers that give values other places.
struct ShapeFormulas {
  private let layer: Layer
  private let input: Shape
  private let output: Shape

  /// What is to be said of a layer with its facts.
  init(_ layer: Layer, _ facts: BlockFacts) {
    (self.layer, input, output) = (layer, facts.input, facts.output)
  }

  /// How the extents of the output come about; one formula where it holds for all dimensions.
  var extents: [BlockFormula] {
    switch layer {
    case .pad(let pad):
      let sides = (try? pad.sides(over: input)) ?? []
      return along { axis in
        let side = sides[axis]
        let parts =
          side.before == side.after ? ["2·\(side.before)"] : ["\(side.before)", "\(side.after)"]
        return (["\(input.spatial[axis])"] + (side.total == 0 ? [] : parts))
          .joined(separator: " + ")
      }
    case .upsample(let upsample):
      let factors = (try? upsample.factors(over: input)) ?? []
      return along { "\(factors[$0])·\(input.spatial[$0])" }
    case .transposedConvolution(let convolution):
      guard let windows = try? convolution.windows(over: input) else { return [] }
      return along { axis in
        let cut = windows.cut[axis]
        let reach = (windows.kernel[axis] - 1) * windows.dilation[axis] + 1
        let ends = [cut.before, cut.after].filter { $0 != 0 }.map { cut in
          cut > 0 ? " − \(cut)" : " + \(-cut)"
        }
        return "(\(input.spatial[axis]) − 1)·\(windows.stride[axis]) + \(reach)" + ends.joined()
      }
    case .rearrangement(let rearrangement): return extents(of: rearrangement)
    case .convolution, .dense, .batchNormalization, .activation, .pooling, .globalPooling, .flatten,
      .dropout, .scale, .parametricRelu, .subsample, .identity, .tap, .exampleNormalization,
      .localResponse, .noise, .gatedLinear,
      .attention, .embedding, .positions, .classToken, .recurrent:
      return []
    }
  }

  /// What the layer does.
  var sentences: [String] {
    switch layer {
    case .pad(let pad):
      switch pad.mode {
      case .zero: return ["adds positions of zeros around the others"]
      case .reflect: return ["adds positions that mirror those next to the edge"]
      case .replicate: return ["adds positions that repeat the edge"]
      }
    case .upsample(let upsample):
      switch upsample.mode {
      case .nearest: return ["every position again, as often as the factor says"]
      case .linear:
        return ["positions between two others: their mean, weighed by how near they are"]
      }
    case .rearrangement(let rearrangement): return sentences(on: rearrangement)
    case .convolution, .transposedConvolution, .dense, .batchNormalization, .activation, .pooling,
      .globalPooling, .flatten, .dropout, .scale, .parametricRelu, .subsample, .identity, .tap,
      .exampleNormalization, .localResponse, .noise, .gatedLinear,
      .attention, .embedding, .positions, .classToken, .recurrent:
      return []
    }
  }

  private func extents(of rearrangement: Rearrangement) -> [BlockFormula] {
    switch rearrangement {
    case .pixelShuffle(let shuffle):
      let group = BlockExplanation.product(input.spatial.map { _ in shuffle.factor })
      let terms =
        input.spatialRank == 1 ? "\(input.channels)/\(group)" : "\(input.channels)/(\(group))"
      return [BlockFormula(subject: "channels", terms: terms, value: output.channels)]
        + along { "\(shuffle.factor)·\(input.spatial[$0])" }
    case .slice(let slice):
      guard case .kept(let ranges)? = try? rearrangement.moves(over: input) else { return [] }
      let terms = ranges.map { "\($0.upperBound) − \($0.lowerBound)" }
      if slice.unit == .positions { return along { terms[$0 + 1] } }
      return [BlockFormula(subject: "channels", terms: terms[0], value: output.channels)]
    case .channelShuffle, .permute, .reshape: return []
    }
  }

  private func sentences(on rearrangement: Rearrangement) -> [String] {
    switch rearrangement {
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

  private func along(_ terms: (Int) -> String) -> [BlockFormula] {
    let names = input.spatialRank == 1 ? ["length"] : ["height", "width"]
    let all = zip(names, output.spatial.indices).map { name, axis in
      BlockFormula(subject: name, terms: terms(axis), value: output.spatial[axis])
    }
    guard let first = all.first, all.count > 1, all.allSatisfy({ $0.terms == first.terms }) else {
      return all
    }
    return [
      BlockFormula(
        subject: names.joined(separator: " and "), terms: first.terms, value: first.value)
    ]
  }
}
