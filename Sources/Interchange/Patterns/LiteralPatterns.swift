import Networks

/// The pattern of a network that is there: every formula is a number.
struct LiteralPatterns {
  let network: Network

  /// The whole network as a chain.
  var chain: [Pattern] { chain(of: network.root.children) }

  private func chain(of blocks: BlockList) -> [Pattern] { blocks.flatMap(patterns) }

  private func patterns(of block: Block) -> [Pattern] {
    let input = network.facts[block.id]?.input ?? network.input
    let list = patterns(of: block, input: input)
    guard block.isCheckpointed, !block.isRepetition else { return list }
    return Pattern.checkpointed(list, rank: input.spatialRank)
  }

  private func patterns(of block: Block, input: Shape) -> [Pattern] {
    switch block.form {
    case .layer(let layer):
      return [.layer(LayerPattern(layer, input: input, isFrozen: isFrozen(block)))]
    case .sequential(let children):
      let list = chain(of: children)
      let isPlain = children.count > 1 && children.allSatisfy { $0.children.isEmpty }
      return isPlain ? [.group(list)] : list
    case .repeated(let copies):
      let chains = copies.map { copy in
        let list = chain(of: copy.children)
        if !block.isCheckpointed { return list }
        let rank = (network.facts[copy.id]?.input ?? input).spatialRank
        return Pattern.checkpointed(list, rank: rank)
      }
      guard let first = chains.first else { return [] }
      let isLoop = chains.count > 1 && chains.dropFirst().allSatisfy { $0 == first }
      return isLoop ? [.loop(.literal(chains.count), first)] : Array(chains.joined())
    case .shared(let children, let passes):
      let body = chain(of: children)
      return [
        .shared(
          SharedPattern(
            passes: .literal(passes), body: body, rank: input.spatialRank,
            isCheckpointed: block.isCheckpointed && !body.contains(where: \.readsTaps)))
      ]
    case .residual(let residual): return [.residual(pattern(of: residual, in: block))]
    case .parallel(let parallel):
      var pattern = ParallelPattern(
        join: parallel.join, branches: parallel.branches.map { chain(of: $0.children) },
        rank: input.spatialRank)
      switch parallel.gate {
      case .squeezeExcite(let squeeze) where squeeze.isPlain:
        pattern.branches = []
        pattern.gate = .squeezeExcite(reduction: .literal(squeeze.reduction))
      case .squeezeExcite(let squeeze):
        guard let units = squeeze.units else { break }
        pattern.branches = []
        pattern.gate = .weighing(
          units: .literal(units), act: .fixed(.activation(squeeze.activation)),
          gate: .fixed(.activation(squeeze.gate)))
      case .highway(let bias):
        pattern.branches.removeLast()
        pattern.gate = .highway(bias: .literal(bias))
      case nil: break
      }
      return [.parallel(pattern)]
    case .join(let join): return [.parallel(pattern(of: join, input: input))]
    }
  }

  /// Two branches: one that gives the tapped value in place of its input, and one that is empty.
  private func pattern(of join: TapJoin, input: Shape) -> ParallelPattern {
    let tapped = network.facts[join.path.id]?.input ?? input
    let start = LayerPattern(
      kind: .join, slots: ["tap": .fixed(.word(join.tap))], rank: tapped.spatialRank,
      features: .literal(tapped.channels))
    return ParallelPattern(
      join: join.join, branches: [[.layer(start)] + chain(of: join.path.children), []],
      rank: input.spatialRank)
  }

  private func isFrozen(_ block: Block) -> Bool { (network.facts[block.id]?.frozen ?? 0) > 0 }

  private func pattern(of residual: Residual, in block: Block) -> ResidualPattern {
    let body = chain(of: residual.body.children)
    let shortcut = chain(of: residual.shortcut.children)
    let facts = network.facts[block.id]
    var pattern = ResidualPattern(
      body: body, shortcut: .byKind(.fixed(.word(residual.kind.rawValue))),
      activation: .fixed(.activation(residual.activation)), scale: .literal(residual.scale),
      rank: (facts?.input ?? network.input).spatialRank)
    guard let facts, residual.kind != .given,
      let stride = Pattern.stride(of: body, in: { _ in nil })?.number,
      shortcut
        == ShortcutLayers(
          kind: residual.kind, from: facts.input, to: facts.output, stride: Int(stride),
          normalization: Pattern.normalization(beside: body) { _ in nil }
        ).patterns
    else {
      pattern.shortcut = .given(shortcut)
      return pattern
    }
    return pattern
  }
}

extension LayerPattern {
  /// A layer that is there, for its input.
  package init(_ layer: Layer, input: Shape, isFrozen: Bool = false) {
    let arguments = layer.arguments
    self.init(
      kind: layer.kind.withoutRank, slots: [:], isFrozen: isFrozen, rank: input.spatialRank)
    for parameter in kind.row.parameters {
      slots[parameter.name] = arguments[parameter.name].map { Slot($0) }
    }
    if case .rearrangement(let rearrangement) = layer {
      output = rearrangement.extents(behind: input)
    }
    guard input.spatialRank > 0 else { return }
    switch layer {
    case .dense, .flatten: features = .literal(input.count)
    case .exampleNormalization(let normalization) where normalization.sets == .example:
      extents = input.extents
    case .positions(let positions) where positions.source == .learned: extents = input.extents
    default: break
    }
  }
}

extension Rearrangement {
  /// The extents of the output, where channels or dimensions do not follow from those of the input by formulas.
  fileprivate func extents(behind input: Shape) -> [Int]? {
    switch self {
    case .pixelShuffle, .channelShuffle: nil
    case .slice(let slice) where slice.unit == .positions: nil
    case .permute, .slice, .reshape: (try? output(for: input))?.extents
    }
  }
}

extension LayerPattern.Slot {
  /// A value: a number where it is one for all dimensions.
  package init(_ value: ArgumentValue) {
    switch value {
    case .count(let count): self = .number(.literal(count))
    case .extents(let extents) where extents.values.count == 1:
      self = .number(.literal(extents.values[0]))
    case .padding(.explicit(let sides)) where sides.count == 1 && sides[0].before == sides[0].after:
      self = .number(.literal(sides[0].before))
    case .number(let number): self = .number(.literal(number))
    case .extents, .padding, .ranges, .shape, .flag, .activation, .word: self = .fixed(value)
    }
  }
}

extension Kind {
  /// The kind that takes any number of spatial dimensions.
  package var withoutRank: Kind {
    switch self {
    case .convolution1D, .convolution2D: .convolution
    default: self
    }
  }
}

/// The layers that a kind of shortcut has where channels and stride say so, as the code of a class decides it.
struct ShortcutLayers {
  let kind: ShortcutKind
  let from: Shape
  let to: Shape
  let stride: Int
  let normalization: BatchNormalization

  var patterns: [Pattern] {
    let differs = stride != 1 || from.channels != to.channels
    guard kind == .projectionAlways || differs, kind != .identity else { return [] }
    return layers.map { .layer(LayerPattern($0, input: $1)) }
  }

  private var layers: [(Layer, Shape)] {
    let normalization = (Layer.batchNormalization(normalization), to)
    if kind == .zeroPadded {
      return [(.subsample(Subsample(channels: to.channels, stride: Extents(stride))), from)]
    }
    if from.spatialRank == 0, to.spatialRank == 0 {
      var dense = Dense(units: to.channels)
      dense.hasBias = false
      return [(.dense(dense), from), normalization]
    }
    var convolution = Convolution(channels: to.channels, kernel: Extents(1))
    convolution.hasBias = false
    guard kind == .pooled, stride != 1 else {
      convolution.stride = Extents(stride)
      return [(.convolution(convolution), from), normalization]
    }
    var pooling = Pooling(reduction: .average, size: Extents(stride))
    pooling.roundsUp = true
    return [(.pooling(pooling), from), (.convolution(convolution), from), normalization]
  }
}

extension LayerPattern {
  /// The same where the dimensions of its input are not known.
  package var withoutRank: LayerPattern {
    var result = self
    result.rank = nil
    return result
  }
}
