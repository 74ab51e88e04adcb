import Engine
import Language
import Networks
import Training

/// What train commands share.
extension CommandScope {
  /// Begins a run of networks in lockstep, or has one go on.
  mutating func begin(_ wish: RunWish) throws -> Report {
    let (range, names, length) = (wish.range, wish.names, wish.length)
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: range, offers: ["stop", "wait"])
    }
    var requests = try names.map { try runRequest($0, wish) }
    guard let first = requests.first else { return Report() }
    if let condition = wish.condition {
      let stopping = StoppingCondition(
        condition, networks: names, data: first.data, recipe: state.recipe)
      let typed = names == [state.currentName] ? "" : names.joined(separator: ",") + " "
      let measured = try stopping.check(length, names: typed)
      for index in requests.indices { requests[index].measured = measured }
      requests[0].isDone = { facts in stopping.holds(facts) }
    }
    for index in requests.indices {
      requests[index].watch = wish.watch
      if let measure = wish.watch?.measure, measure.metric != nil {
        requests[index].measured.insert(measure.part)
      }
    }
    let rateLine = try rateLine(
      for: first, endlessUntil: length == .epochs(Self.endless) ? wish.condition : nil, at: range)
    try checkTerms(of: first, at: range)
    if context.checksOnly { return Report("would train \(OngoingRun.joined(names))") }
    var run = OngoingRun(
      lanes: names.map { OngoingRun.Lane(name: $0, stamp: state.networks[$0]?.stamp ?? 0) },
      command: range, data: first.data, loss: first.recipe.loss(for: first.data),
      origin: origin(of: wish, first.data))
    if let files = checkpointFiles(for: run) {
      run.checkpoints = files
      for index in requests.indices { requests[index].checkpointing = files.checkpointing }
    }
    ask(for: .begin(run, requests))
    return Report(
      softmaxNotes(names, data: first.data, loss: run.loss) + (rateLine.map { [$0] } ?? []))
  }

  /// What a run begins with, or began with.
  private func origin(of wish: RunWish, _ data: Dataset) -> RunOrigin {
    if var origin = wish.names.first.flatMap({ wish.resumptions[$0]?.origin }) {
      origin.data = data
      if origin.dataCommands.isEmpty {
        return RunOrigin(
          names: wish.names, command: origin.command, dataCommands: state.dataCommands,
          fingerprint: origin.fingerprint, data: data)
      }
      return origin
    }
    return RunOrigin(
      names: wish.names, command: wish.command, dataCommands: state.dataCommands,
      fingerprint: state.fingerprint ?? Fingerprint(of: data), data: data)
  }

  /// A run of a network, which need not be the current one.
  private mutating func runRequest(_ name: String, _ wish: RunWish) throws -> RunRequest {
    let (range, isOneOfSeveral) = (wish.range, wish.names.count > 1)
    let current = state.currentName
    state.currentName = name
    defer { state.currentName = current }
    let network = try currentNetwork(at: range)
    let resumption = wish.resumptions[name]
    let data = try resumption?.origin.data ?? currentData(at: range)
    do throws(Diagnostic) {
      try checkTrainable(network, data: data, at: range)
      try checkLearns(network, at: range)
    } catch {
      if name == current, !isOneOfSeveral { throw error }
      throw Diagnostic(
        error.code, "\(name): \(error.message)", at: error.range, notes: error.notes,
        offers: name == current ? error.offers : error.offers.map { "net \(name); \($0)" })
    }
    var request = RunRequest(
      name: name, network: network, learned: state.current?.weights ?? LearnedState(), data: data,
      recipe: state.recipe, length: wish.length)
    guard let resumption else { return request }
    // What was set during the run for later ones is not for it.
    if state.recipe == resumption.settings { request.recipe = resumption.point.recipe }
    if request.recipe.threads == nil { request.recipe.threads = resumption.point.threads }
    return request.resumed(at: resumption.point)
  }

  /// The data to learn from.
  mutating func currentData(at range: SourceRange?) throws -> Dataset {
    if let data = state.data { return data }
    if let file = state.unread[""] { throw UnknownInCheck(file: file) }
    let own = state.current?.presentResumption == nil ? [] : ["resume"]
    throw Diagnostic(
      .state, "no data yet", at: range, offers: own + ["data digits", "data waves", "help data"])
  }

  /// Refuses what cannot be trained, before anything runs.
  func checkTrainable(
    _ network: Network, data: Dataset, loss: Loss? = nil, at range: SourceRange?
  ) throws(Diagnostic) {
    if network.input != data.train.shape {
      throw Diagnostic(
        .shape,
        "the data has inputs of \(data.train.shape.displayText), the network takes "
          + network.input.displayText,
        at: range,
        offers: working([
          "input \(data.train.shape)", "net \(freshNetworkName); input \(data.train.shape)",
        ]))
    }
    if network.learnableCount == 0 {
      throw Diagnostic(
        .state, "the network has no parameters to learn", at: range,
        offers: ["add dense \(data.train.classNames?.count ?? 1)"])
    }
    try checkAugmentation(data, at: range)
    let loss = loss ?? state.recipe.loss(for: data)
    if case .none = data.train.targets {
      throw Diagnostic(EngineError.noTargets, at: range)
    }
    guard let classes = data.train.classNames?.count else {
      if loss.comparesClasses { throw Diagnostic(EngineError.targetKind(loss: loss), at: range) }
      try checkTargets(of: data, network, at: range)
      if loss == .multiLabel { try checkLabels(data, network, at: range) }
      return
    }
    if !loss.comparesClasses { throw Diagnostic(EngineError.targetKind(loss: loss), at: range) }
    if let maps = data.train.maps {
      return try checkMaps(maps, network, loss: loss, at: range)
    }
    if network.output.spatialRank > 0 {
      throw Diagnostic(
        .shape,
        "the output \(network.output.displayText) still has positions; classes need one score each",
        at: range, offers: ["add gap; add dense \(classes)", "add dense \(classes)"])
    }
    if loss == .binaryCrossEntropy {
      return try checkBinary(network, classes: classes, at: range)
    }
    if network.output.channels < classes {
      let binary = classes == 2 ? binaryOffers(for: network) : []
      throw Diagnostic(
        .shape,
        "the data has \(classes) classes, the network \(network.output.channels) outputs",
        at: range, offers: working(dense(of: network, units: classes) + binary))
    }
  }

  /// Refuses to train what has all its parameters frozen.
  func checkLearns(_ network: Network, at range: SourceRange?) throws(Diagnostic) {
    if network.learnableCount == 0 || network.trainableCount > 0 { return }
    throw Diagnostic(
      .state,
      "all \(Numbers.count(network.learnableCount, "parameter")) are frozen; nothing is left to learn",
      at: range, offers: ["unfreeze *"])
  }

  /// Refuses numbers to predict that are more or fewer than the outputs, or lie at other positions.
  private func checkTargets(of data: Dataset, _ network: Network, at range: SourceRange?)
    throws(Diagnostic)
  {
    guard case .values(let values) = data.train.targets else { return }
    let found = Array(values.shape.dropFirst())
    let count = found.reduce(1, *)
    if found.count > 1 {
      return try checkPositions(Shape(found), network, at: range)
    }
    if network.output.count == count, network.output.spatialRank == 0 { return }
    var diagnostic = Diagnostic(
      EngineError.targetShape(expected: network.output, found: found), at: range)
    diagnostic.offers = working(dense(of: network, units: count))
    throw diagnostic
  }

  /// Commands that give a network so many outputs: by its last layer, or by one more.
  private func dense(of network: Network, units: Int) -> [String] {
    let more = ["add dense \(units)"]
    guard let last = network.root.children.last, last.kind == .dense else { return more }
    return ["set \(last.name) units=\(units)"] + more
  }

  /// Loss and accuracy of the current network on a part of the data, and what else is asked for.
  mutating func evaluation(
    on part: DataPart, measuring measures: Measures = .loss, at range: SourceRange?
  ) throws -> Evaluation {
    let network = try currentNetwork(at: range)
    let data = try currentData(at: range)
    let known = try self.examples(part.rawValue, of: data, at: range)
    try checkTrainable(network, data: data, at: range)
    let examples = try asLearned(known, of: data, at: range)
    let request = runRequestForWeights(network, data: data)
    let (evaluation, learned) = try computing(at: range) {
      try context.calculator.evaluate(request, on: examples, measuring: measures)
    }
    state.current?.weights = learned
    return evaluation
  }

  /// The train or test part of the data.
  func examples(_ part: String, of data: Dataset, at range: SourceRange?) throws(Diagnostic)
    -> Examples
  {
    if part == "train" { return data.train }
    if let test = data.test { return test }
    throw Diagnostic(
      .state, "\(data.name) has no test part", at: range, offers: ["split 0.8"])
  }

  /// The current network as the trainer takes it.
  func runRequestForWeights(_ network: Network, data: Dataset) -> RunRequest {
    RunRequest(
      name: state.currentName, network: network, learned: state.current?.weights ?? LearnedState(),
      data: data, recipe: state.recipe, length: .steps(0))
  }
}
