import Networks

/// The parts of residual and parallel blocks.
extension CodeWriter {
  /// The parts of a block, for an input of so many channels.
  mutating func block(
    _ pattern: Pattern, rank: Int, from input: Formula
  ) throws(CodeProblem) -> BlockCode {
    switch pattern {
    case .residual(let residual): return try block(residual, rank: rank, from: input)
    case .shared(let shared):
      var (passes, kept): (Formula, [(name: String, value: String)]) = (shared.passes, [])
      if !passes.parameters.isEmpty {
        let name = dialect.attribute("passes")
        kept.append((name, passes.python))
        passes = .parameter("self.\(name)")
      }
      var body = try chain(shared.body, from: input)
      if shared.isCheckpointed {
        body.bareModule = nil
        if case .function(let name, let text) = dialect.checkpoint { dialect.need(name, text) }
      }
      return BlockCode(
        chains: [body],
        form: .shared(passes: passes, isCheckpointed: shared.isCheckpointed),
        checks: checks(in: shared.body), kept: kept)
    case .parallel(let parallel):
      if case .weighing(let units, let act, let gate) = parallel.gate {
        let later = later([units, input])
        let weights = Pattern.weights(
          rank: rank, units: later.written(units), channels: later.written(input), act: act,
          gate: gate)
        return BlockCode(
          chains: [try chain([], from: input), try chain(weights, from: input)],
          form: .branches(.multiply, ranks: [rank, 0], rank: rank), checks: [], kept: later.kept,
          isBuiltLater: later.isNeeded)
      }
      var chains: [ChainCode] = []
      for branch in parallel.branches { chains.append(try chain(branch, from: input)) }
      let checks = checks(in: parallel.branches.flatMap { $0 })
      guard case .highway(let bias) = parallel.gate else {
        let ranks = parallel.branches.map { Pattern.rank(after: $0, from: rank, in: flow) }
        return BlockCode(
          chains: chains, form: .branches(parallel.join, ranks: ranks, rank: rank), checks: checks)
      }
      let later = later([bias, input])
      let gate = Pattern.gate(
        rank: rank, channels: later.written(input), bias: later.written(bias))
      chains.append(try chain([gate], from: input))
      return BlockCode(
        chains: chains, form: .highway(bias: bias), checks: checks, kept: later.kept,
        isBuiltLater: later.isNeeded)
    case .layer, .group, .loop, .call: throw .misplaced
    }
  }

  private mutating func block(
    _ residual: ResidualPattern, rank: Int, from input: Formula
  ) throws(CodeProblem) -> BlockCode {
    var chains = [try chain(residual.body, from: input)]
    var shortcut = ShortcutCode()
    switch residual.shortcut {
    case .given(let list): shortcut.layers = list
    case .byKind(let slot):
      guard case .fixed(.word(let word)) = slot, let kind = ShortcutKind(word: word),
        let stride = Pattern.stride(of: residual.body, in: flow)
      else { throw .misplaced }
      let output = Pattern.channels(after: residual.body, from: input, in: flow)
      if kind != .identity {
        shortcut = self.shortcut(
          kind, rank: rank, stride: stride, from: input, to: output,
          Pattern.normalization(beside: residual.body, in: flow))
      }
    }
    if !shortcut.layers.isEmpty { chains.append(try chain(shortcut.layers, from: input)) }
    guard case .fixed(.activation(let activation)) = residual.activation else { throw .misplaced }
    var (scale, kept) = (residual.scale, shortcut.kept)
    if !scale.parameters.isEmpty {
      let name = dialect.attribute("scale")
      kept.append((name, scale.python))
      scale = .parameter("self.\(name)")
    }
    return BlockCode(
      chains: chains,
      form: .residual(
        scale: scale, activation: activation.map { dialect.activation($0) },
        condition: shortcut.condition, hasShortcut: !shortcut.layers.isEmpty),
      checks: checks(in: residual.body) + shortcut.checks, kept: kept,
      isBuiltLater: shortcut.isBuiltLater)
  }

  /// A shortcut whose layers follow from the shapes.
  private struct ShortcutCode {
    var layers: [Pattern] = []

    /// When the shortcut is there; nothing where it always is.
    var condition: String?
    var checks: [String] = []
    var kept: [(name: String, value: String)] = []
    var isBuiltLater = false
  }

  private func shortcut(
    _ kind: ShortcutKind, rank: Int, stride: Formula, from input: Formula, to output: Formula,
    _ normalization: BatchNormalization
  ) -> ShortcutCode {
    var result = ShortcutCode()
    var step = stride
    if case .operation = stride { step = .parameter("total_stride") }
    let decides = kind != .projectionAlways
    let later = later((decides ? [input] : []) + [output, step])
    result.isBuiltLater = later.isNeeded && (output != input || stride != .one || !decides)
    if result.isBuiltLater { result.kept = later.kept }
    if step != stride {
      if let index = result.kept.firstIndex(where: { $0.value == "total_stride" }) {
        result.kept[index].value = stride.python
      } else {
        result.checks.append("total_stride = \(stride.python)")
      }
    }
    result.layers = Pattern.shortcut(
      kind, rank: rank, channels: later.written(output), stride: later.written(step),
      normalization)
    guard decides else { return result }
    let conditions = conditions(
      stride: later.written(step), from: later.written(input), to: later.written(output))
    if conditions.isEmpty { return ShortcutCode() }
    result.condition = conditions.joined(separator: " or ")
    return result
  }

  /// When the shapes of a sum differ; none where they never do.
  private func conditions(stride: Formula, from input: Formula, to output: Formula) -> [String] {
    var result: [String] = []
    if stride != .one { result.append("\(stride.python) != 1") }
    guard input != output else { return result }
    switch dialect.inputChannels {
    case .told, .seenWhenBuilt: result.append("\(input.python) != \(output.python)")
    case .toldWhereTheyDecide:
      result.append("\(input.python) not in (0, \(output.python))")
    }
    return result
  }
}

// MARK: - What is built later

extension CodeWriter {
  /// Formulas of what is made when a block sees its first input, by which it finds its channels; the block keeps
  /// their parameters.
  struct LaterCode {
    let isNeeded: Bool
    let names: [String: Formula]
    let kept: [(name: String, value: String)]

    /// A formula as it is written there.
    func written(_ formula: Formula) -> Formula { isNeeded ? formula.replacing(names) : formula }
  }

  private func later(_ formulas: [Formula]) -> LaterCode {
    let parameters = formulas.reduce(into: Set<String>()) { $0.formUnion($1.parameters) }
    guard dialect.inputChannels == .seenWhenBuilt, parameters.contains("in_channels") else {
      return LaterCode(isNeeded: false, names: [:], kept: [])
    }
    var names = ["in_channels": Formula.parameter("input_shape[-1]")]
    let others = parameters.subtracting(["in_channels"]).sorted()
    for name in others { names[name] = .parameter("self.\(dialect.attribute(name))") }
    return LaterCode(
      isNeeded: true, names: names,
      kept: others.map { (dialect.attribute($0), $0) })
  }
}
