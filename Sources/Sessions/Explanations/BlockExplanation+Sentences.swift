import Networks

/// What blocks do, with their own numbers.
extension BlockExplanation {
  /// The sentences on a block.
  static func sentences(on block: Networks.Block, _ facts: BlockFacts, in network: Network)
    -> [String]
  {
    switch block.form {
    case .layer(let layer): return layer.explained.sentences(facts)
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
      let texts = [input, output].map { $0.spatial.map(String.init).joined(separator: "×") }
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
