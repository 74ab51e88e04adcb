import Networks

/// What blocks do, with their own numbers.
extension BlockExplanation {
  /// The sentences on a block.
  static func sentences(on block: Networks.Block, _ facts: BlockFacts, in network: Network)
    -> [String]
  {
    switch block.form {
    case .layer(let layer): return sentences(on: layer, facts)
    case .sequential(let children):
      if children.isEmpty { return ["nothing inside: the input goes through as it is"] }
      return [
        "\(Numbers.count(children.count, "block")) one after another: each reads the one before"
      ]
    case .repeated(let copies):
      return ["\(copies.count) copies of the same form, each with weights of its own"]
    case .shared(_, let passes):
      return [
        "one body, run through \(Numbers.count(passes, "time")) with the same weights",
        "each pass reads what the one before it gave; their gradients are summed",
      ]
    case .residual(let residual): return sentences(on: residual, facts)
    case .parallel(let parallel): return sentences(on: parallel, facts, in: network)
    case .join(let join): return sentences(on: join, facts, in: network)
    }
  }

  private static func sentences(on layer: Layer, _ facts: BlockFacts) -> [String] {
    let (input, output) = (facts.input, facts.output)
    switch layer {
    case .convolution(let convolution):
      let windows = convolution.kernel.resolved(rank: input.spatialRank) ?? []
      let inputs = input.channels / max(1, convolution.groups)
      let window = windows.map(String.init).joined(separator: "×")
      return [
        "each output is a sum over \(window) positions of \(Numbers.count(inputs, "channel"))"
      ] + after(convolution.activation)
    case .transposedConvolution(let convolution):
      let window = convolution.kernel.resolved(rank: input.spatialRank) ?? []
      let strides = convolution.stride.resolved(rank: input.spatialRank) ?? []
      let (size, step) = (Self.across(window), Self.across(strides))
      return [
        "each position is spread over a window of \(size); windows lie \(step) apart",
        "each output is the sum of the windows that it lies in",
      ] + after(convolution.activation)
    case .dense(let dense):
      let values = product(input.extents)
      return [
        input.spatialRank == 0
          ? "each output is a sum over all \(values) features"
          : "each output is a sum over all \(values) = \(Numbers.grouped(input.count)) values"
      ] + after(dense.activation)
    case .batchNormalization(let normalization):
      let positions = input.spatialRank == 0 ? "" : ", and \(product(input.spatial)) positions"
      let over = "a mean and a variance for each channel, over the batch\(positions)"
      return normalization.usesRunningStatistics
        ? ["normalizes by its running statistics, in training too; they stay as they are"]
        : [over, "evaluate normalizes by the running statistics instead"]
    case .activation(let activation):
      return ["\(Kind.function(activation.function).row.summary), value by value; the shape stays"]
    case .pooling(let pooling):
      return [
        pooling.reduction == .maximum ? "the largest of each window" : "the mean of each window"
      ]
    case .globalPooling(let pooling):
      let positions = product(input.spatial)
      switch pooling {
      case .average: return ["the mean over \(positions) positions, for each of \(output) channels"]
      case .maximum:
        return ["the largest of \(positions) positions, for each of \(output) channels"]
      case .last: return ["the last of \(positions) positions; \(output) channels are left"]
      case .first: return ["the first of \(positions) positions; \(output) channels are left"]
      }
    case .flatten: return ["the same values, channels first, without their places"]
    case .dropout(let dropout):
      let kept = Numbers.typed((1000 / (1 - dropout.rate)).rounded() / 1000)
      let zeroed =
        switch dropout.unit {
        case .value: "the values"
        case .channel: "the channels of each example, with all their positions,"
        case .example: "the examples whole: the shortcut alone is left of a residual block"
        }
      return [
        "training zeroes \(Numbers.percent(dropout.rate)) of \(zeroed)"
          + (dropout.unit == .example ? "" : " at random"),
        "what is kept goes times 1/(1 − \(Numbers.typed(dropout.rate))) = \(kept), so the mean stays",
        "evaluate leaves all values as they are",
      ]
    case .scale(let scale):
      return [
        scale.isShared
          ? "every value times one number that is learned"
          : "each of \(Numbers.count(input.channels, "channel")) times a number that is learned"
      ]
    case .parametricRelu: return ["x where positive, slope · x elsewhere; the slope is learned"]
    case .subsample:
      let zeros = output.channels - input.channels
      return [
        zeros > 0
          ? "keeps positions at even distances, adds \(Numbers.count(zeros, "channel")) of zeros"
          : "keeps positions at even distances"
      ]
    case .pad, .upsample, .rearrangement: return ShapeFormulas(layer, facts).sentences
    case .identity: return ["passes on what it gets"]
    case .tap(let tap):
      return ["passes on what it gets", "a later join \(tap.name) takes it, too"]
    case .exampleNormalization(let normalization): return sentences(on: normalization, input)
    case .localResponse(let layer):
      return [
        "each value over what the squares of \(Numbers.count(layer.size, "channel")) around it come to"
      ]
    case .noise(let noise):
      return [
        "training adds normal noise of deviation \(Numbers.typed(noise.deviation))",
        "evaluate leaves all values as they are",
      ]
    case .gatedLinear:
      return ["y = a · sigmoid(b): channels 1 to \(output.channels) are a, the others b"]
    case .attention(let attention): return sentences(on: attention, input)
    case .embedding(let embedding):
      return [
        "each whole number from 0 to \(embedding.vocabulary - 1) has a row of "
          + "\(Numbers.count(embedding.units, "number")), which is learned"
      ]
    case .positions(let positions): return sentences(on: positions, input)
    case .recurrent(let recurrent): return sentences(on: recurrent, input)
    case .classToken:
      return [
        "a position that is learned, before the \(product(input.spatial)) of the input",
        "attention gathers there what first takes out",
      ]
    }
  }

  private static func sentences(on join: TapJoin, _ facts: BlockFacts, in network: Network)
    -> [String]
  {
    let way = network.facts[join.path.id]
    let tapped = way?.output ?? facts.input
    var lines: [String] = []
    switch join.join {
    case .concatenate:
      lines.append(
        "channels one after another: \(tapped.channels) of tap \(join.tap) + "
          + "\(facts.input.channels) = \(facts.output.channels)")
    case .add: lines.append("the sum of tap \(join.tap) and x")
    case .multiply, .highway: lines.append("the product of tap \(join.tap) and x")
    }
    let layers = join.path.children.map { CommandScope.words(for: $0) }
    if !layers.isEmpty, let way {
      lines.append(
        "tap \(join.tap), \(way.input.displayText), goes through \(layers.joined(separator: " + "))"
      )
    }
    return lines
  }

  /// Numbers with signs of multiplication between them; one where all are equal.
  private static func across(_ numbers: [Int]) -> String {
    Set(numbers).count == 1
      ? "\(numbers[0])" : numbers.map(String.init).joined(separator: "×")
  }

  private static func after(_ activation: Activation?) -> [String] {
    activation.map { ["then \($0.function.rawValue), by act=\($0.function.rawValue)"] } ?? []
  }

  private static func sentences(on residual: Residual, _ facts: BlockFacts) -> [String] {
    let scale = residual.scale == 1 ? "" : Numbers.typed(residual.scale) + "·"
    let sum = "\(scale)body(x) + shortcut(x)"
    let act = residual.activation.map { "\($0.function.rawValue)(\(sum))" } ?? sum
    var lines = ["y = \(act)"]
    let layers = residual.shortcut.children.map { CommandScope.words(for: $0) }
    let kind = residual.kind.rawValue
    if residual.kind == .given {
      lines.append("shortcut: given in braces of its own")
    } else if layers.isEmpty {
      lines.append("shortcut: x as it is, for the body leaves the shape \(facts.input.displayText)")
    } else if facts.input == facts.output {
      lines.append("shortcut: projected, as shortcut=\(kind) does even where the shapes agree")
    } else {
      lines.append("shortcut=\(kind): \(differences(facts))")
    }
    if !layers.isEmpty {
      lines.append("its layers: \(layers.joined(separator: " + "))")
    }
    return lines
  }

  /// Which extents of input and output differ: `channels 8 ≠ 16`.
  private static func differences(_ facts: BlockFacts) -> String {
    let (input, output) = (facts.input, facts.output)
    var parts: [String] = []
    if input.channels != output.channels {
      parts.append("channels \(input.channels) ≠ \(output.channels)")
    }
    if input.spatial != output.spatial {
      let texts = [input, output].map { product($0.spatial).replacing("·", with: "×") }
      parts.append("positions \(texts[0]) ≠ \(texts[1])")
    }
    return parts.joined(separator: ", ")
  }

  private static func sentences(
    on parallel: Parallel, _ facts: BlockFacts, in network: Network
  ) -> [String] {
    let outputs = parallel.branches.compactMap { network.facts[$0.id]?.output }
    switch parallel.gate {
    case .squeezeExcite(let squeeze):
      let channels = facts.input.channels
      let isShare = [.sigmoid, .hardsigmoid].contains(squeeze.gate?.function)
      let from = squeeze.units == nil ? "\(channels)/\(squeeze.reduction)" : "\(channels)"
      return [
        "each of \(channels) channels times a number\(isShare ? " between 0 and 1" : "")",
        "the numbers come from the means of all channels: \(from) → "
          + "\(squeeze.units(for: channels)) → \(channels)",
      ]
    case .highway:
      return ["y = T · H + (1 − T) · x, T a number between 0 and 1 for each value"]
    case nil: break
    }
    switch parallel.join {
    case .concatenate:
      let channels = outputs.map { String($0.channels) }.joined(separator: " + ")
      return ["channels one after another: \(channels) = \(facts.output.channels)"]
    case .add: return ["the sum of \(Numbers.count(outputs.count, "branch", "branches"))"]
    case .multiply: return ["the product of \(Numbers.count(outputs.count, "branch", "branches"))"]
    case .highway: return ["y = T · H + (1 − T) · x of the branches H and T"]
    }
  }
}
