import Networks

/// What becomes of channels, strides and dimensions along a chain.
extension Pattern {
  /// A class as far as a chain that calls it must know it.
  package struct ClassFlow {
    package let parameters: [String]
    package let body: [Pattern]

    /// What the parameters stand for in a call.
    func values(of arguments: [Formula]) -> [String: Formula] {
      Dictionary(zip(parameters, arguments), uniquingKeysWith: { first, _ in first })
    }
  }

  /// Positions of a chain's input from one position of its output to the next; nothing where dimensions differ.
  static func stride(of chain: [Pattern], in classes: (Int) -> ClassFlow?) -> Formula? {
    var result = Formula.one
    for pattern in chain {
      guard let factor = pattern.stride(in: classes) else { return nil }
      result = result.times(factor)
    }
    return result
  }

  private func stride(in classes: (Int) -> ClassFlow?) -> Formula? {
    switch self {
    case .layer(let layer):
      switch layer.kind {
      case .convolution, .subsample: return layer.slots["stride"]?.formula
      case .maximumPooling, .averagePooling:
        return (layer.slots["stride"] ?? layer.slots["size"])?.formula
      case .transposedConvolution:
        return layer.slots["stride"]?.formula == .one ? .one : nil
      case .upsample, .classToken, .pixelShuffle, .permute, .reshape: return nil
      default: return .one
      }
    case .group(let list): return Self.stride(of: list, in: classes)
    case .loop(let count, let list):
      return Self.stride(of: list, in: classes)?.raised(to: count)
    case .shared(let shared):
      return Self.stride(of: shared.body, in: classes)?.raised(to: shared.passes)
    case .residual(let residual): return Self.stride(of: residual.body, in: classes)
    case .parallel(let parallel):
      return Self.stride(of: parallel.branches.first ?? [], in: classes)
    case .call(let number, let arguments):
      guard let called = classes(number) else { return nil }
      return Self.stride(of: called.body, in: classes)?.replacing(called.values(of: arguments))
    }
  }

  /// The channels of a chain's output, for those of its input.
  static func channels(
    after chain: [Pattern], from input: Formula, in classes: (Int) -> ClassFlow?
  ) -> Formula {
    chain.reduce(input) { $1.channels(from: $0, in: classes) }
  }

  /// The channels of the output, for those of the input.
  func channels(from input: Formula, in classes: (Int) -> ClassFlow?) -> Formula {
    switch self {
    case .layer(let layer):
      switch layer.kind {
      case .convolution, .transposedConvolution, .subsample:
        return layer.slots["channels"]?.formula ?? input
      case .dense, .embedding: return layer.slots["units"]?.formula ?? input
      case .longShortTermMemory, .gatedRecurrentUnit:
        let units = layer.slots["units"]?.formula ?? input
        return layer.slots["directions"] == .fixed(.word("2")) ? units.times(.literal(2)) : units
      case .flatten, .join: return layer.features ?? input
      case .pixelShuffle:
        let factor = layer.formula("factor")
        let group = layer.rank == 2 ? factor.times(factor) : factor
        return Formula.operation(input, .floorDivide, group).replacing([:])
      case .permute, .slice, .reshape:
        return layer.output?.first.map { .literal($0) } ?? input
      case .gatedLinear:
        return Formula.operation(input, .floorDivide, .literal(2)).replacing([:])
      default: return input
      }
    case .group(let list): return Self.channels(after: list, from: input, in: classes)
    case .loop(_, let list): return Self.channels(after: list, from: input, in: classes)
    case .shared(let shared):
      return Self.channels(after: shared.body, from: input, in: classes)
    case .residual(let residual):
      return Self.channels(after: residual.body, from: input, in: classes)
    case .parallel(let parallel):
      if case .squeezeExcite = parallel.gate { return input }
      let branches = parallel.branches.map {
        Self.channels(after: $0, from: input, in: classes)
      }
      guard parallel.join == .concatenate, let first = branches.first else {
        return branches.first ?? input
      }
      return branches.dropFirst().reduce(first) {
        Formula.operation($0, .add, $1).replacing([:])
      }
    case .call(let number, let arguments):
      guard let called = classes(number) else { return input }
      var values = called.values(of: arguments)
      values["in_channels"] = input
      return Self.channels(
        after: called.body, from: .parameter("in_channels"), in: classes
      ).replacing(values)
    }
  }

  /// The chain for an input of so many spatial dimensions, and those of its output; nothing where a dense layer
  /// would read positions whose number is not known, or each has a parameter.
  static func setting(rank: Int, in chain: [Pattern]) -> (chain: [Pattern], rank: Int)? {
    var rank = rank
    var result: [Pattern] = []
    for pattern in chain {
      guard let (set, after) = pattern.setting(rank: rank) else { return nil }
      result.append(set)
      rank = after
    }
    return (result, rank)
  }

  private func setting(rank: Int) -> (Pattern, rank: Int)? {
    switch self {
    case .layer(var layer):
      layer.rank = rank
      switch layer.kind {
      case .dense: return rank == 0 ? (.layer(layer), 0) : nil
      case .flatten:
        return rank == 0 ? (.layer(layer), 0) : nil
      case .layerNormalization where layer.slots["over"] == .fixed(.word("all")):
        return rank == 0 ? (.layer(layer), 0) : nil
      case .positions where layer.slots["source"] != .fixed(.word("sinusoidal")): return nil
      case .classToken: return (.layer(layer), 1)
      case .longShortTermMemory, .gatedRecurrentUnit:
        return (.layer(layer), layer.slots["return"] == .fixed(.word("last")) ? 0 : rank)
      case .globalAveragePooling, .globalMaximumPooling, .lastPosition, .firstPosition:
        return (.layer(layer), 0)
      case .permute, .reshape: return nil
      case .slice where layer.slots["over"] == .fixed(.word(Slicing.Unit.channels.rawValue)):
        return nil
      default: return (.layer(layer), rank)
      }
    case .call: return (self, rank)
    case .group, .loop, .residual, .shared, .parallel:
      var sets: [(chain: [Pattern], rank: Int)] = []
      for chain in chains {
        guard let set = Self.setting(rank: rank, in: chain) else { return nil }
        sets.append(set)
      }
      var result = with(chains: sets.map(\.chain))
      if case .residual(var residual) = result {
        residual.rank = rank
        result = .residual(residual)
      }
      if case .shared(var shared) = result {
        shared.rank = rank
        result = .shared(shared)
      }
      if case .parallel(var parallel) = result {
        parallel.rank = rank
        result = .parallel(parallel)
        if case .squeezeExcite = parallel.gate { return (result, rank) }
      }
      return (result, sets.first?.rank ?? rank)
    }
  }
}
