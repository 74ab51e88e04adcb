import Engine
import Interchange
import Language
import Networks
import Training

/// Commands that draw weights and compute outputs.
extension CommandScope {
  /// Answers `init SCHEME [VALUE] [PATH]`.
  mutating func initialize(_ invocation: Invocation) throws -> Report {
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
      if isLearning {
        ask(for: .redraw(all, scheme))
      } else {
        state.current?.weights = LearnedState()
        state.current?.lastEpoch = nil
      }
      let name = invocation.words.map(\.text).joined(separator: " ")
      return Report(
        [StyledText("new weights are drawn by \(name)")] + idleZeroGamma(scheme, all))
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
  private mutating func redraw(_ path: Word, _ scheme: Initializer, _ invocation: Invocation) throws
    -> Report
  {
    let network = try currentNetwork(at: invocation.range)
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
    if isLearning {
      ask(for: .redraw(drawn, scheme))
    } else if !context.checksOnly {
      var weights = try drawnWeights(of: network)
      for specification in drawn {
        weights.parameters[specification.key] = try computing(at: path.range) {
          try scheme.values(for: specification, seed: state.recipe.seed)
        }
      }
      weights.touch()
      state.current?.weights = weights
    }
    let line = StyledText(
      "drew \(Numbers.count(drawn.count, "tensor")) of \(Self.listed(targets.map(\.path))) anew")
    return Report([line])
  }

  /// Whether the current network learns in a run that goes on.
  private var isLearning: Bool {
    context.runs.isRunning && context.runs.run?.names.contains(state.currentName) == true
  }

  /// The weights of a network, those that had no values yet drawn now.
  ///
  /// - Throws: An interruption.
  func drawnWeights(of network: Network) throws -> LearnedState {
    var weights = state.current?.weights ?? LearnedState()
    try computing(at: nil) {
      _ = try weights.parameters.initialize(
        missingFor: network, state.recipe.scheme, seed: state.recipe.seed)
    }
    return weights
  }

  /// The weights of a network as they are now, between two steps if it is being trained.
  func presentWeights(of known: NetworkState) throws -> LearnedState {
    try presentCopy(of: known)?.learned ?? known.weights
  }

  /// What a network has come to in the run that it is in, between two steps; nothing where it is in none.
  func presentCopy(of known: NetworkState) throws -> LearnedNetwork? {
    guard let run = context.runs.run, context.runs.progress(of: state.currentName) != nil else {
      return nil
    }
    var copy = try context.calculator.copy(
      of: runRequestForWeights(known.network, data: run.data))
    copy.learned.touch()
    return copy
  }

  /// Turns what the engine refuses into a diagnostic.
  func computing<Result>(at range: SourceRange?, _ work: () throws -> Result) throws -> Result {
    do { return try work() } catch let error as EngineError {
      throw Diagnostic(error, at: range)
    }
  }
}
