import Engine
import Language
import Networks
import Training

/// What train commands share.
extension Session {
  /// Begins a run of the network in hand.
  func begin(_ length: RunRequest.Length, until condition: Condition?, at range: SourceRange)
    throws -> Report
  {
    if trainer.isRunning {
      throw Diagnostic(
        .state, "training runs already", at: range, offers: ["stop", "wait"])
    }
    let request = try runRequest(length, until: condition, at: range)
    if options.checksOnly { return Report("would train \(request.name)") }
    keepTrace()
    trainer.start(request)
    runningName = request.name
    guard let known = state.current else { return Report() }
    let run = OngoingRun(
      name: request.name, command: range, data: request.data,
      loss: request.recipe.loss ?? request.data.naturalLoss, stamp: known.stamp)
    running = run
    state.current?.run = run.number
    state.touch()
    return Report()
  }

  private func runRequest(
    _ length: RunRequest.Length, until condition: Condition?, at range: SourceRange
  ) throws -> RunRequest {
    let network = try networkInHand(at: range)
    let data = try dataInHand(at: range)
    try checkTrainable(network, data: data, at: range)
    var request = RunRequest(
      name: state.currentName, network: network, learned: state.current?.weights ?? LearnedState(),
      data: data, recipe: state.recipe, length: length)
    if let condition {
      let stopping = StoppingCondition(condition, data: data, recipe: state.recipe)
      try stopping.check()
      request.isDone = { facts in stopping.holds(facts) }
    }
    return request
  }

  /// The data to learn from.
  func dataInHand(at range: SourceRange?) throws -> Dataset {
    if let data = state.data { return data }
    if let file = state.unread[""] { throw UnknownInCheck(file: file) }
    throw Diagnostic(
      .state, "no data yet", at: range, offers: ["data digits", "data waves", "help data"])
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
        offers: working(["input \(data.train.shape)", "net other; input \(data.train.shape)"]))
    }
    if network.learnableCount == 0 {
      throw Diagnostic(
        .state, "the network has no parameters to learn", at: range,
        offers: ["add dense \(data.train.classNames?.count ?? 1)"])
    }
    let loss = loss ?? state.recipe.loss ?? data.naturalLoss
    if case .none = data.train.targets {
      throw Diagnostic(EngineError.noTargets, at: range)
    }
    guard let classes = data.train.classNames?.count else {
      if loss.comparesClasses { throw Diagnostic(EngineError.targetKind(loss: loss), at: range) }
      return try checkTargets(of: data, network, at: range)
    }
    if !loss.comparesClasses { throw Diagnostic(EngineError.targetKind(loss: loss), at: range) }
    if network.output.spatialRank > 0 {
      throw Diagnostic(
        .shape,
        "the output \(network.output.displayText) still has positions; classes need one score each",
        at: range, offers: ["add gap; add dense \(classes)", "add dense \(classes)"])
    }
    if network.output.channels < classes {
      throw Diagnostic(
        .shape,
        "the data has \(classes) classes, the network \(network.output.channels) outputs",
        at: range, offers: working(dense(of: network, units: classes)))
    }
  }

  /// Refuses numbers to predict that are more or fewer than the outputs.
  private func checkTargets(of data: Dataset, _ network: Network, at range: SourceRange?)
    throws(Diagnostic)
  {
    guard case .values(let values) = data.train.targets else { return }
    let found = Array(values.shape.dropFirst())
    let count = found.reduce(1, *)
    if network.output.count == count { return }
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

  /// Waits for a run that the last command has begun, where statements wait for runs.
  ///
  /// - Throws: The diagnostic of a run that failed.
  func waitIfNeeded(after invocation: Invocation) throws {
    guard CommandTable.startsRuns(invocation.verb.text), !invocation.isBackground,
      !trainer.isPaused
    else { return }
    if goesOn(after: invocation) { try awaitRun() }
  }

  /// Whether other statements follow a command, or its source waits for runs.
  func goesOn(after invocation: Invocation) -> Bool {
    source.waitsForRuns || invocation.range != lastStatement
  }

  /// What a run came to, in one line, or why it failed.
  func report(of result: RunResult, at range: SourceRange?) -> Report {
    let rate = result.seconds > 0 ? Double(result.steps) / result.seconds : 0
    var line = StyledText("trained \(result.name) ", .emphasis)
    line.append(
      "for \(Numbers.count(result.steps, "step")) in \(Numbers.duration(result.seconds)) "
        + "(\(Numbers.significant(rate, digits: 3)) steps/s)")
    if let epoch = result.epochs.last {
      line.append("; loss \(Numbers.loss(epoch.loss))")
      if let accuracy = epoch.accuracy { line.append(", accuracy \(Numbers.percent(accuracy))") }
      if let accuracy = epoch.testAccuracy { line.append(", test \(Numbers.percent(accuracy))") }
    }
    switch result.ending {
    case .finished: return Report([line])
    case .conditionHolds:
      line.append("; until holds", .good)
      return Report([line])
    case .stopped:
      line.append("; stopped, everything learned is kept", .warning)
      return Report([line])
    case .failed(.refused(let error)): return Report(Diagnostic(error, at: range))
    case .failed(.diverged(let step, let loss, let path)):
      let place = path.map { ", first seen at \($0)" } ?? ""
      let rate = state.recipe.optimizer.learningRate
      return Report(
        Diagnostic(
          .diverged,
          "the loss became \(Numbers.loss(loss)) at step \(step)\(place); "
            + "the weights from before that step are kept",
          at: range, offers: ["lr \(Self.tenth(of: rate))", "init he"]))
    }
  }

  /// A tenth of a rate, as it is typed.
  private static func tenth(of rate: Double) -> String {
    Numbers.typed((rate * 1e8).rounded() / 1e9)
  }

  /// Loss and accuracy of the network in hand on a part of the data.
  func evaluation(on part: String, at range: SourceRange?) throws -> Evaluation {
    let network = try networkInHand(at: range)
    let data = try dataInHand(at: range)
    let examples = try self.examples(part, of: data, at: range)
    try checkTrainable(network, data: data, at: range)
    let request = runRequestForWeights(network, data: data)
    let (evaluation, learned) = try computing(at: range) {
      try trainer.evaluate(request, on: examples)
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

  /// The network in hand as the trainer takes it.
  func runRequestForWeights(_ network: Network, data: Dataset) -> RunRequest {
    RunRequest(
      name: state.currentName, network: network, learned: state.current?.weights ?? LearnedState(),
      data: data, recipe: state.recipe, length: .steps(0))
  }
}
