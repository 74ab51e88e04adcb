import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// Commands that give a network more to learn with and keep its function.
  static let surgeryRows: [CommandRow] = [
    CommandRow(
      "deepen", .edit, usage: "deepen PATH",
      "inserts a layer of the same form that passes on what it gets",
      details: [
        "It stands behind the conv or dense and the bn and relu that follow, which are doubled too;",
        "other activations stand once only. What the network computes stays the same, while training too on",
        "the current batch, by whose statistics bn is set. After Net2Net (Chen, Goodfellow, Shlens 2016).",
      ],
      examples: ["deepen conv1"], slots: [.path], words: 1,
      run: { session, invocation, _ in try session.deepen(invocation) }),
    CommandRow(
      "widen", .edit, usage: "widen PATH N",
      "gives a conv or dense more channels and keeps what the network computes",
      details: [
        "New channels are copies of others, drawn by the seed; what reads a channel and its copies shares its",
        "weights out among them, unequally, so that they do not stay alike. After Net2Net.",
      ],
      examples: ["widen conv1 16"], slots: [.path], words: 2,
      run: { session, invocation, _ in try session.widen(invocation) }),
  ]
}

extension Session {
  /// Answers `deepen PATH`.
  func deepen(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation)
    let deepening = try refusing(invocation, located, in: network) { () throws(SurgeryFault) in
      try Deepening(network, located)
    }
    let new = deepening.network
    let anchor = network.path(of: deepening.anchor) ?? located.path
    var lines: [StyledText] = []
    let names = deepening.inserted.map(\.name).joined(separator: ", ")
    var head = StyledText("deepened \(located.path): ")
    head.append(names, .typable)
    head.append(" after \(anchor)")
    if let omitted = deepening.omitted {
      head.append("; without \(omitted.kind.rawValue), which twice is another function")
    }
    lines.append(head)
    for block in deepening.inserted {
      let path = new.path(of: block.id) ?? block.name
      lines.append(StyledText("  ") + line(for: block, path: path, in: new))
    }
    let surgery = Surgery(new) { model, inputs in
      let rows = 0..<(inputs.shape.first ?? 0)
      let statistics = try model.channelStatistics(of: deepening.anchor, inputs, rows: rows)
      return deepening.parameters(
        mean: statistics?.mean ?? [], variance: statistics?.variance ?? [])
    }
    lines += try operate(surgery, invocation)
    return Report(lines)
  }

  /// Answers `widen PATH N`.
  func widen(_ invocation: Invocation) throws -> Report {
    let (network, located) = try target(of: invocation, atMost: 2)
    let word = try invocation.word(1, "N", invocation.row)
    let width = try word.integer("widen", in: 1...Int.max)
    var random = generator(for: located.path, width)
    let widening = try refusing(invocation, located, in: network) { () throws(SurgeryFault) in
      try Widening(network, located, to: width, using: &random)
    }
    let new = widening.network
    var lines = [
      StyledText(
        "widened \(located.path) from \(Numbers.grouped(widening.width)) to "
          + "\(Numbers.grouped(width)); read by \(Self.listed(widening.readers))")
    ]
    if let block = new.block(located.block.id) {
      lines.append(StyledText("  ") + line(for: block, path: located.path, in: new))
    }
    let surgery = Surgery(new) { model, _ in
      widening.parameters(from: try model.copiedParameters())
    }
    lines += try operate(surgery, invocation)
    return Report(lines)
  }

  /// The random numbers of the seed for a layer and its width.
  private func generator(for path: String, _ width: Int) -> SeededGenerator {
    var stream = UInt64(width)
    for byte in path.utf8 { stream = stream &* 0x100_0000_01B3 ^ UInt64(byte) }
    return SeededGenerator(seed: state.recipe.seed, stream: stream | 1)
  }

  /// Adopts another form of the network in hand with its new values, and tells how far outputs are apart.
  private func operate(_ surgery: Surgery, _ invocation: Invocation) throws -> [StyledText] {
    let name = state.currentName
    guard let known = state.current else { return [] }
    replaceNetwork(with: surgery.network)
    if options.checksOnly || options.isTrial { return [] }
    let label = "\(invocation.verb.text) \(invocation.words.first?.text ?? "")"
    let outcome: SurgeryOutcome
    do {
      outcome = try computing(at: invocation.range) {
        try trainer.operate(
          on: name, known.network, known.weights, recipe: state.recipe,
          inputs: try comparedInputs(known),
          label: label, surgery)
      }
    } catch let difference as OutputDifference {
      throw Diagnostic(difference, verb: invocation.verb.text, at: invocation.range)
    }
    var lines = [Self.line(for: outcome.difference)]
    if let edit = outcome.edit {
      lines.append(settle(edit, as: name))
    } else if running?.names.contains(name) == true {
      // The run has ended meanwhile: once more, with what it has learned.
      while trainer.isRunning { trainer.waitForEnd() }
      state.current = known
      _ = collectFinishedRun()
      return try operate(surgery, invocation)
    } else {
      state.current?.weights = known.weights.grafted(outcome.parameters, for: surgery.network)
      if let line = lineOfSurgery(since: known) { lines.append(line) }
    }
    return lines
  }

  /// The batch of the next step, or random numbers where there is none.
  private func comparedInputs(_ known: NetworkState) throws(EngineError) -> Tensor {
    if let data = state.data, data.train.shape == known.network.input, data.train.count > 0 {
      let request = RunRequest(
        name: state.currentName, network: known.network, learned: known.weights, data: data,
        recipe: state.recipe, length: .steps(0))
      let rows = try request.nextRows()
      try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
        try AvailableMemory.check(
          bytes: AvailableMemory.bytes(rows.count, known.network.input.count, 4))
      }
      return data.train.selecting(rows).inputs
    }
    try AvailableMemory.require { () throws(AvailableMemory.Shortage) in
      try AvailableMemory.check(
        bytes: AvailableMemory.bytes(Self.randomExamples, known.network.input.count, 4))
    }
    var random = SeededGenerator(seed: 1)
    let shape = [Self.randomExamples] + known.network.input.extents
    return Tensor(
      shape: shape, values: (0..<shape.reduce(1, *)).map { _ in Float(random.normal()) })
  }

  private static let randomExamples = 16

  /// `max|Δoutput| 2.4e-07 on 32 examples, outputs up to 3.1`.
  private static func line(for difference: OutputDifference) -> StyledText {
    let largest =
      difference.largest == 0 ? "0" : Numbers.significant(difference.largest, digits: 2)
    return StyledText(
      "  max|Δoutput| \(largest) on \(Numbers.count(difference.examples, "example")), "
        + "outputs up to \(Numbers.significant(difference.scale, digits: 2))", .dim)
  }
}

extension LearnedState {
  /// The same with other values, of which those of other shapes the optimizer knows nothing yet.
  fileprivate func grafted(_ parameters: ParameterStore, for network: Network) -> LearnedState {
    var result = self
    result.parameters = parameters
    for specification in network.parameters where !has(specification) {
      let key = specification.key
      result.optimizerState.updates[key] = nil
      for index in result.optimizerState.moments.indices {
        result.optimizerState.moments[index][key] = nil
      }
    }
    result.touch()
    return result
  }
}
