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
    case .convolution, .dense, .batchNormalization, .activation, .pooling, .globalPooling,
      .flatten, .dropout, .scale, .parametricRelu, .subsample, .identity, .exampleNormalization,
      .localResponse, .noise, .gatedLinear, .attention, .embedding, .positions, .classToken,
      .recurrent:
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
    case .convolution, .dense, .batchNormalization, .activation, .pooling, .globalPooling,
      .flatten, .dropout, .scale, .parametricRelu, .subsample, .identity, .exampleNormalization,
      .localResponse, .noise, .gatedLinear, .attention, .embedding, .positions, .classToken,
      .recurrent:
      return []
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
