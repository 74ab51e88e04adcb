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
    runStart = state
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
    if let condition { request.isDone = { facts in Self.holds(condition, facts) } }
    return request
  }

  /// Whether the condition of `until` holds; one that cannot be answered does not.
  private static func holds(_ condition: Condition, _ facts: RunFacts) -> Bool {
    let provider = FactProvider(names: ["loss", "accuracy", "epochs", "steps"]) { query in
      let isTest = query.arguments.first?.text == "test"
      switch query.name {
      case "loss": return .real(isTest ? facts.testLoss ?? .nan : facts.loss)
      case "accuracy":
        return (isTest ? facts.testAccuracy : facts.accuracy).map { .real($0) } ?? .real(.nan)
      case "epochs": return .integer(facts.epochs)
      case "steps": return .integer(facts.steps)
      default: return nil
      }
    }
    return (try? condition.holds(provider)) ?? false
  }

  /// The data to learn from.
  func dataInHand(at range: SourceRange?) throws(Diagnostic) -> Dataset {
    if let data = state.data { return data }
    throw Diagnostic(
      .state, "no data yet", at: range, offers: ["data digits", "data waves", "data FILE.csv"])
  }

  func checkTrainable(_ network: Network, data: Dataset, at range: SourceRange?)
    throws(Diagnostic)
  {
    if network.input != data.train.shape {
      throw Diagnostic(
        .shape,
        "the data has inputs of \(data.train.shape.displayText), the network takes "
          + network.input.displayText,
        at: range, offers: ["input \(data.train.shape)"])
    }
    if network.learnableCount == 0 {
      throw Diagnostic(
        .state, "the network has no parameters to learn", at: range,
        offers: ["add dense \(data.train.classNames?.count ?? 10)"])
    }
    guard let classes = data.train.classNames?.count,
      state.recipe.loss ?? .crossEntropy == .crossEntropy
    else { return }
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
        at: range, offers: ["add dense \(classes)"])
    }
  }

  /// Waits for a run that the last command has begun, where statements wait for runs.
  func waitIfNeeded(after invocation: Invocation) {
    guard trainer.isRunning, !invocation.isBackground else { return }
    if source.waitsForRuns || invocation.range != lastStatement { awaitRun() }
  }

  /// Lets the run in hand come to its end and takes over what it has learned.
  func awaitRun() {
    console?.waitForRun()
    while trainer.isRunning { trainer.waitForEnd() }
    if let report = collectRun() { show(report) }
  }

  /// Takes over the result of a run that is over, or nothing.
  package func collectRun() -> Report? {
    guard let result = trainer.collect() else { return nil }
    keepTrace()
    if let start = runStart, checkpoint == nil {
      history.record(start, before: "train")
    }
    runStart = nil
    if var known = state.networks[result.name] {
      known.weights = result.learned
      if known.network.root.id == result.network.root.id { known.epochs += result.epochs }
      if result.seconds > 0 { known.stepsPerSecond = Double(result.steps) / result.seconds }
      state.networks[result.name] = known
      state.revision += 1
    }
    return report(of: result)
  }

  private func report(of result: RunResult) -> Report {
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
    case .failed(.refused(let text)):
      return Report(Diagnostic(.state, text, at: nil))
    case .failed(.diverged(let step, let loss, let path)):
      let place = path.map { " first at \($0)" } ?? ""
      let rate = state.recipe.optimizer.learningRate
      return Report(
        Diagnostic(
          .diverged,
          "the loss became \(Numbers.loss(loss)) at step \(step);\(place) the weights before are kept",
          at: nil,
          offers: ["lr \(Numbers.significant(rate / 10, digits: 2))", "init he"]))
    }
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
