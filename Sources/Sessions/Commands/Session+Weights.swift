import Engine
import Interchange
import Language
import Networks
import Training

/// Commands that draw weights and compute outputs.
extension Session {
  /// Answers `init SCHEME [VALUE] [PATH]`.
  func initialize(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    if invocation.words.isEmpty {
      throw Diagnostic(
        .argument, "init needs SCHEME: one of \(SchemeTable.names.joined(separator: ", "))",
        at: invocation.range.end, offers: ["init he"])
    }
    let (scheme, rest) = try SchemeTable.scheme(invocation.words)
    if rest.count > 1 {
      throw Diagnostic(
        .argument, "init takes one path, found \(rest[1].text) too", at: rest[1].range,
        notes: [.init("usage: \(row.usage)")])
    }
    guard let path = rest.first else {
      let all = state.current?.network.parameters ?? []
      state.recipe.scheme = scheme
      if try !redrawLive(all, scheme, invocation) {
        state.current?.weights = LearnedState()
        state.current?.lastEpoch = nil
      }
      state.touch()
      let name = invocation.words.map(\.text).joined(separator: " ")
      return Report([StyledText("new weights are drawn by \(name)")] + idleZeroGamma(scheme, all))
    }
    return try redraw(path, scheme, invocation)
  }

  /// Says that `zero_gamma` has nothing to do, and what makes bodies silent in its place.
  private func idleZeroGamma(_ scheme: Initializer, _ drawn: [ParameterSpecification])
    -> [StyledText]
  {
    let closes = drawn.contains { $0.purpose == .gamma(closesResidual: true) }
    guard scheme == .zeroGamma, !drawn.isEmpty, !closes else { return [] }
    var lines = [
      StyledText("no residual body ends in bn here, so zero_gamma is the same as he", .warning)
    ]
    if let pattern = state.current?.network.bareResiduals {
      lines.append(StyledText("  try: wrap rezero each \(pattern); init he", .typable))
    }
    return lines
  }

  /// Draws the weights of some blocks anew and keeps all others.
  private func redraw(_ path: Word, _ scheme: Initializer, _ invocation: Invocation) throws
    -> Report
  {
    let network = try networkInHand(at: invocation.range)
    let targets = try refusing(at: path.range) { () throws(PathFault) in
      try network.someBlocks(matching: path.text)
    }
    var ids: Set<BlockID> = []
    func collect(_ block: Networks.Block) {
      ids.insert(block.id)
      block.children.forEach(collect)
    }
    targets.map(\.block).forEach(collect)
    let drawn = network.parameters.filter { ids.contains($0.key.block) }
    if try !options.checksOnly && !redrawLive(drawn, scheme, invocation) {
      var weights = drawnWeights(of: network)
      for specification in drawn {
        weights.parameters[specification.key] = scheme.values(
          for: specification, seed: state.recipe.seed)
      }
      weights.touch()
      state.current?.weights = weights
      state.touch()
    }
    return Report(
      "drew \(Numbers.count(drawn.count, "tensor")) of \(Self.listed(targets.map(\.path))) anew")
  }

  /// The weights of a network, those that had no values yet drawn now.
  func drawnWeights(of network: Network) -> LearnedState {
    var weights = state.current?.weights ?? LearnedState()
    weights.parameters.initialize(
      missingFor: network, state.recipe.scheme, seed: state.recipe.seed)
    return weights
  }

  /// The weights of a network as they are now, between two steps if it is being trained.
  func presentWeights(of known: NetworkState) throws -> LearnedState {
    guard let run = running, trainer.progress(of: state.currentName) != nil else {
      return known.weights
    }
    return try trainer.snapshot(runRequestForWeights(known.network, data: run.data))
  }

  /// Answers `predict [train|test] [first=N] [> FILE]`.
  func predict(_ invocation: Invocation) throws -> Report {
    let network = try networkInHand(at: invocation.range)
    let data = try dataInHand(at: invocation.range)
    let part =
      try invocation.words.first?.choice("predict", among: ["train", "test"])
      ?? (data.test == nil ? "train" : "test")
    let examples = try self.examples(part, of: data, at: invocation.range)
    if network.input != examples.shape {
      try checkTrainable(network, data: data, at: invocation.range)
    }
    let first = try invocation.option("first")?.value.integer("first", in: 1...Int.max)
    let preset = invocation.redirect == nil ? 10 : examples.count
    let count = min(first ?? preset, examples.count)
    let inputs = Tensor(
      shape: [count] + examples.inputs.shape.dropFirst(),
      values: Array(examples.inputs.values.prefix(count * examples.shape.count)))
    if options.checksOnly { return Report("would predict \(Numbers.count(count, "example"))") }
    let request = runRequestForWeights(network, data: data)
    let (outputs, learned) = try computing(at: invocation.range) {
      try trainer.predict(request, inputs: inputs)
    }
    state.current?.weights = learned
    if let redirect = invocation.redirect {
      try filing(at: redirect.range) { () throws(FileError) in
        try SafetensorsWriter.write(
          [NamedTensor(name: "output", tensor: outputs)], to: resolved(redirect.text))
      }
      let wrote = StyledText("wrote \(Numbers.count(count, "output")) to \(redirect.text)")
      return Report([wrote] + (normalizationNote(for: data).map { [$0] } ?? []))
    }
    return Report(
      predictionLines(outputs, examples: examples, network: network)
        + (normalizationNote(for: data).map { [$0] } ?? []))
  }

  private func predictionLines(_ outputs: Tensor, examples: Examples, network: Network)
    -> [StyledText]
  {
    let size = network.output.count
    var table = TextTable([
      ("example", .trailing), ("predicted", .leading), ("target", .leading), ("outputs", .leading),
    ])
    for index in 0..<outputs.shape[0] {
      let row = outputs.values[index * size..<(index + 1) * size]
      let shown = row.prefix(Self.mostOutputsShown)
        .map { Numbers.significant(Double($0), digits: 3) }.joined(separator: " ")
      var predicted = ""
      var target = StyledText()
      switch examples.targets {
      case .classes(let labels, let names):
        let best =
          row.count == 1
          ? (names.count == 2 && row[row.startIndex] > 0 ? 1 : 0)
          : row.indices.max { row[$0] < row[$1] }.map { $0 - row.startIndex } ?? 0
        predicted = best < names.count ? names[best] : "\(best)"
        let label = Int(labels[index])
        target = StyledText(names[label], label == best ? .good : .bad)
      case .values(let values):
        let width = values.count / values.shape[0]
        target = StyledText(
          values.values[index * width..<(index + 1) * width].prefix(Self.mostOutputsShown)
            .map { Numbers.significant(Double($0), digits: 3) }.joined(separator: " "))
      case .none: break
      }
      table.append([
        StyledText("\(index)"), StyledText(predicted), target,
        StyledText(shown + (size > Self.mostOutputsShown ? " …" : ""), .dim),
      ])
    }
    return table.lines
  }

  private static let mostOutputsShown = 10

  /// Turns what the engine refuses into a diagnostic.
  func computing<Result>(at range: SourceRange?, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let error as EngineError {
      throw Diagnostic(error, at: range)
    }
  }
}
