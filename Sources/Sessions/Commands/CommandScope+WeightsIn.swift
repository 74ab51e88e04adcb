import Engine
import Interchange
import Language
import Networks
import Training

/// How weights are to be loaded.
struct WeightWishes {
  let goesByOrder: Bool

  /// Whether what fits is taken and all else left.
  let isPartial: Bool

  /// Whether what a run needs to go on is read.
  let resumes: Bool

  /// Whether the current network stays also where the file has one.
  let keepNetwork: Bool

  /// Reads the keys of `load`.
  init(_ invocation: Invocation) throws(Diagnostic) {
    let match = invocation.option("match")
    let partial = invocation.option("partial")
    goesByOrder = try match?.value.choice("match", among: ["names", "order"]) == "order"
    isPartial = try partial?.value.flag("partial") ?? false
    keepNetwork = match != nil || isPartial
    resumes = try invocation.option("resume")?.value.flag("resume") ?? true
    if goesByOrder, isPartial, let partial {
      throw Diagnostic(
        .argument, "match=order takes all or nothing, so partial=yes does not go with it",
        at: partial.nameRange, offers: ["load \(invocation.words[0].text) match=order"])
    }
  }
}

/// Weights from files into a network.
extension CommandScope {
  /// Puts the weights of a file into the current network, or the file's own network with them in its place.
  mutating func load(_ file: WeightFile, _ wishes: WeightWishes, word: Word) throws -> Report {
    var network = state.current?.network
    var definitions: [Definition] = []
    if !wishes.keepNetwork, let text = file.metadata["network"] {
      let saved = try saved(text, name: word.text)
      definitions = saved.definitions
      if network?.isSame(as: saved.network) != true { network = saved.network }
    }
    let target = try networkForWeights(network, word)
    let messages = WeightMessages(file: file, word: word)
    if wishes.goesByOrder {
      let order: WeightOrder
      do { order = try WeightOrder(file.arrays, to: target) } catch {
        throw messages.refusal(of: error)
      }
      let learned = try read(order.pairs, into: LearnedState(), word)
      state.current = NetworkState(network: target, weights: learned)
      return messages.account(of: order, summary: summary(of: target))
    }
    let match = WeightMatch(file.arrays, to: target)
    guard match.isWhole || (wishes.isPartial && !match.found.isEmpty) else {
      throw messages.refusal(of: match, offers: repairs(of: match, in: file, target, word))
    }
    var learned = LearnedState()
    if !match.isWhole, let current = state.current {
      learned.parameters = try presentWeights(of: current).parameters
    }
    learned = try read(match.found, into: learned, word)
    var loaded = NetworkState(network: target)
    var dataCommands: [String] = []
    if match.isWhole, file.metadata["network"] != nil, !wishes.keepNetwork {
      learned.steps = try count("steps", of: file, word: word)
      learned.epochs = try count("epochs", of: file, word: word)
      loaded.classNames = ClassNamesText.names(in: file.metadata[ClassNamesText.key], for: target)
      loaded.normalization = try normalization(of: file, for: target, word: word)
      let learning = wishes.resumes ? try learning(of: file, for: target, word) : nil
      dataCommands = learning?.dataCommands ?? []
      learned.optimizerState = learning?.optimizerState ?? OptimizerState()
      loaded.weights = learned
      loaded.resume(learning)
    }
    loaded.weights = learned
    state.current = loaded
    var report = messages.account(of: match, summary: summary(of: target))
    report.lines += define(definitions)
    if let resumption = loaded.presentResumption {
      report.lines.append(
        StyledText("  its run can go on at \(resumption.place): resume", .typable))
    } else if state.data == nil, !dataCommands.isEmpty, dataCommands.allSatisfy(makesData) {
      report.lines.append(
        StyledText("  it learned from \(dataCommands.joined(separator: "; "))", .typable))
    }
    return report
  }

  /// What a saved network needs to learn on, where the file keeps it.
  private func learning(of file: WeightFile, for network: Network, _ word: Word) throws
    -> SavedLearning?
  {
    let reader = SavedLearningReader(file: file, network: network) { try recipe(of: $0, word) }
    do { return try reader.read() } catch let misfit as SavedLearningReader.Misfit {
      let problem =
        switch misfit {
        case .text(let key): "\(key) in its metadata is not what save writes"
        case .tensor(let name):
          "\(name) is not there, has another shape than its parameter, or values that are no numbers"
        }
      throw Diagnostic(
        .file, "\(word.text): \(problem)", at: word.range,
        offers: ["load \(word.text) resume=no"])
    } catch let error as FileError {
      return try filing(at: word.range) { () throws(FileError) in throw error }
    }
  }

  /// The recipe that saved commands make.
  private func recipe(of text: String, _ word: Word) throws -> Recipe {
    let statements = try Parser.parse(file: SourceText(name: word.text, text: text))
    let blank = SessionState(environment: state.environment)
    var rehearsal = Rehearsal(blank, context.forLoading) { invocation in
      if SavedLearning.recipeVerbs.contains(invocation.verb.text) { return }
      throw Diagnostic(
        .file, "\(invocation.verb.text) does not belong in the recipe of a saved network",
        at: invocation.verb.range, offers: ["load \(word.text) resume=no"])
    }
    do { try rehearsal.run(statements) } catch let refusal as Diagnostic
      where refusal.code == .state
    {
      throw Diagnostic(
        .file, "\(word.text): its recipe cannot be had here: \(refusal.message)", at: word.range,
        offers: ["load \(word.text) resume=no"])
    }
    return rehearsal.state.recipe
  }

  /// Commands that load a file which does not fit by name as a whole.
  private func repairs(
    of match: WeightMatch, in file: WeightFile, _ network: Network, _ word: Word
  ) -> [String] {
    if (try? WeightOrder(file.arrays, to: network)) != nil {
      return working(["load \(word.text) match=order"])
    }
    if match.found.isEmpty { return ["tree"] }
    // Where only tensors are left over the file may be of another network, so nothing is suggested.
    let isShort = !match.missing.isEmpty || !match.differing.isEmpty
    return isShort ? working(["load \(word.text) partial=yes"]) : []
  }

  private func read(
    _ pairs: [WeightPair], into known: LearnedState, _ word: Word
  ) throws(Diagnostic) -> LearnedState {
    var learned = known
    for pair in pairs {
      learned.parameters[pair.parameter.key] = try filing(at: word.range) {
        () throws(FileError) in try pair.array.tensor()
      }
    }
    learned.touch()
    return learned
  }

  /// How the inputs of a saved network were normalized, if they were.
  private func normalization(of file: WeightFile, for network: Network, word: Word)
    throws(Diagnostic) -> Normalization?
  {
    switch NormalizationText.read(file.metadata, for: network.input) {
    case .success(let normalization): return normalization
    case .failure(.scope(let found)):
      throw Diagnostic(
        .file,
        "\(word.text): normalization in its metadata should be one of "
          + "\(Normalization.Scope.allCases.map(\.rawValue).joined(separator: ", ")), "
          + "found \(found.prefix(40))", at: word.range)
    case .failure(.statistics(let expected)):
      throw Diagnostic(
        .file,
        "\(word.text): normalization in its metadata should have \(Numbers.count(expected, "mean")) "
          + "and as many deviations above 0", at: word.range)
    }
  }

  /// A count that a saved network keeps beside its weights, 0 where it does not.
  private func count(_ key: String, of file: WeightFile, word: Word) throws(Diagnostic) -> Int {
    guard let text = file.metadata[key] else { return 0 }
    if let count = Int(text), (0...SavedLearning.most).contains(count) { return count }
    throw Diagnostic(
      .file,
      "\(word.text): \(key) in its metadata should be a count up to "
        + "\(Numbers.grouped(SavedLearning.most)), found \(text.prefix(40))",
      at: word.range)
  }
}

extension NetworkState {
  /// Has a run go on later that a file keeps.
  fileprivate mutating func resume(_ learning: SavedLearning?) {
    guard let learning, let run = learning.run else { return }
    let origin = RunOrigin(
      names: run.names, command: run.command, dataCommands: learning.dataCommands,
      fingerprint: run.fingerprint)
    resumption = Resumption(
      point: run.point, origin: origin, stamp: stamp, version: weights.version,
      wasRunning: run.isRunning)
  }
}
