import Networks

/// Parts of blocks that follow from others: gates and shortcuts.
extension Pattern {
  /// A chain of which the backward pass computes the values again, as a body that is run through once.
  ///
  /// What reads taps stays as it is: when it is computed again, a tap may hold another value already.
  package static func checkpointed(_ chain: [Pattern], rank: Int? = nil) -> [Pattern] {
    if chain.isEmpty || chain.contains(where: \.readsTaps) { return chain }
    var body = chain
    if case .group(let list) = chain[0], chain.count == 1 { body = list }
    return [.shared(SharedPattern(passes: .one, body: body, rank: rank, isCheckpointed: true))]
  }

  /// Whether a join lies inside, which reads what was tapped elsewhere.
  var readsTaps: Bool {
    if case .layer(let layer) = self { return layer.kind == .join }
    return chains.joined().contains(where: \.readsTaps)
  }

  /// The gate of a highway: as many channels as there are, between 0 and 1; its bias starts at a number.
  static func gate(rank: Int, channels: Formula, bias: Formula) -> Pattern {
    let activation = LayerPattern.Slot.fixed(.activation(.sigmoid))
    var layer =
      rank == 0
      ? LayerPattern.dense(units: channels, bias: true, activation: activation)
      : .convolution(
        channels: channels, stride: .one, bias: true, activation: activation, rank: rank)
    layer.slots["bias"] = .number(bias)
    return .layer(layer)
  }

  /// The layers that weigh channels by their means, with the activations of both dense ones.
  static func weights(
    rank: Int, units: Formula, channels: Formula, act: LayerPattern.Slot, gate: LayerPattern.Slot
  ) -> [Pattern] {
    let means: [Pattern] =
      rank == 0 ? [] : [.layer(LayerPattern(.globalPooling(.average), rank: rank))]
    return means + [
      .layer(.dense(units: units, bias: true, activation: act)),
      .layer(.dense(units: channels, bias: true, activation: gate)),
    ]
  }

  /// The batch normalization of a shortcut that follows from the shapes, which takes its statistics as those of the
  /// body do where they agree.
  static func normalization(beside body: [Pattern], in classes: (Int) -> ClassFlow?)
    -> BatchNormalization
  {
    let found = normalizations(in: body, classes)
    func all(_ slot: String, are value: LayerPattern.Slot) -> Bool {
      !found.isEmpty && found.allSatisfy { $0.slots[slot] == value }
    }
    var normalization = BatchNormalization()
    normalization.usesRunningStatistics = all("statistics", are: .fixed(.word("running")))
    normalization.isSynchronized = all("sync", are: .fixed(.flag(true)))
    return normalization
  }

  private static func normalizations(in chain: [Pattern], _ classes: (Int) -> ClassFlow?)
    -> [LayerPattern]
  {
    chain.flatMap { pattern -> [LayerPattern] in
      switch pattern {
      case .layer(let layer): return layer.kind == .batchNormalization ? [layer] : []
      case .call(let number, _): return normalizations(in: classes(number)?.body ?? [], classes)
      case .group, .loop, .shared, .residual, .parallel:
        return pattern.chains.flatMap { normalizations(in: $0, classes) }
      }
    }
  }

  /// The layers of a kind of shortcut where shapes differ.
  static func shortcut(
    _ kind: ShortcutKind, rank: Int, channels: Formula, stride: Formula,
    _ normalization: BatchNormalization
  ) -> [Pattern] {
    let normalization = Pattern.layer(
      LayerPattern(.batchNormalization(normalization), rank: rank))
    switch kind {
    case .identity, .given: return []
    case .zeroPadded:
      return [
        .layer(
          LayerPattern(
            kind: .subsample, slots: ["channels": .number(channels), "stride": .number(stride)],
            rank: rank))
      ]
    case .automatic, .projection, .projectionAlways, .pooled:
      if rank == 0 {
        return [.layer(.dense(units: channels, bias: false)), normalization]
      }
      if kind == .pooled, stride != .one {
        var pooling = LayerPattern(
          .pooling(Pooling(reduction: .average, size: Extents(1))), rank: rank)
        pooling.slots["size"] = .number(stride)
        pooling.slots["ceil"] = .fixed(.flag(true))
        return [
          .layer(pooling),
          .layer(.convolution(channels: channels, stride: .one, bias: false, rank: rank)),
          normalization,
        ]
      }
      return [
        .layer(.convolution(channels: channels, stride: stride, bias: false, rank: rank)),
        normalization,
      ]
    }
  }

  /// The spatial dimensions behind a chain.
  static func rank(after chain: [Pattern], from rank: Int, in classes: (Int) -> ClassFlow?) -> Int {
    chain.reduce(rank) { rank, pattern in
      switch pattern {
      case .layer(let layer):
        switch layer.kind {
        case .dense, .flatten, .globalAveragePooling, .globalMaximumPooling, .lastPosition,
          .firstPosition:
          0
        case .classToken: 1
        case .join: layer.rank ?? rank
        case .longShortTermMemory, .gatedRecurrentUnit:
          layer.slots["return"] == .fixed(.word("last")) ? 0 : rank
        default: rank
        }
      case .group(let list), .loop(_, let list): Pattern.rank(after: list, from: rank, in: classes)
      case .shared(let shared): Pattern.rank(after: shared.body, from: rank, in: classes)
      case .residual(let residual): Pattern.rank(after: residual.body, from: rank, in: classes)
      case .parallel(let parallel):
        Pattern.rank(after: parallel.branches.first ?? [], from: rank, in: classes)
      case .call(let number, _):
        Pattern.rank(after: classes(number)?.body ?? [], from: rank, in: classes)
      }
    }
  }
}

extension LayerPattern {
  fileprivate init(_ layer: Layer, rank: Int) {
    let shape = Shape([1] + Array(repeating: 1, count: rank))
    self.init(layer, input: shape)
  }

  fileprivate static func dense(
    units: Formula, bias: Bool, activation: Slot = .fixed(.activation(nil))
  ) -> LayerPattern {
    LayerPattern(
      kind: .dense,
      slots: ["units": .number(units), "bias": .fixed(.flag(bias)), "act": activation], rank: 0)
  }

  fileprivate static func convolution(
    channels: Formula, stride: Formula, bias: Bool, activation: Slot = .fixed(.activation(nil)),
    rank: Int
  ) -> LayerPattern {
    var pattern = LayerPattern(
      .convolution(Convolution(channels: 1, kernel: Extents(1))), rank: rank)
    pattern.slots["channels"] = .number(channels)
    pattern.slots["stride"] = .number(stride)
    pattern.slots["bias"] = .fixed(.flag(bias))
    pattern.slots["act"] = activation
    return pattern
  }
}
