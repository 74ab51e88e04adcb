import Engine
import Networks

/// One network of a run; belongs to the training thread.
final class TrainingLane {
  let request: RunRequest
  let model: Model

  /// Why it learns no more, once something has ended it.
  private(set) var ending: RunResult.Ending?

  private let index: Int
  private let isOneOfSeveral: Bool
  private let board: RunBoard

  /// The processes that take the same steps, where there are others.
  private let ranks: (any Ranks)?

  /// How examples come together on this process, as it was asked for.
  var batching: Batching
  private let clock = ContinuousClock()
  private let hasAccuracy: Bool
  private var epochs = EpochRecord()

  /// Steps and whole epochs of the run, with those from before it went on here.
  private(set) var steps: Int
  private(set) var finishedEpochs: Int

  /// Steps and epochs that the run had behind it when it went on here.
  private let earlier: (steps: Int, epochs: Int)
  private var seconds = 0.0
  private var peerTimes: PeerTimes?
  private var rate: StepRate
  private var smoothed: Double?
  private var rates: RateFollower
  private var best: BestKeeper?
  private var bestMetrics: [DataPart: Metrics] = [:]

  /// The current epoch, and what the last one has come to.
  private var sum: LossSum
  private(set) var facts: RunFacts
  private var computed: Computed?

  init(
    _ request: RunRequest, model: Model, at index: Int, of count: Int, board: RunBoard,
    ranks: (any Ranks)? = nil
  ) {
    self.request = request
    self.ranks = ranks
    batching = request.recipe.batching
    self.model = model
    self.index = index
    self.board = board
    isOneOfSeveral = count > 1
    hasAccuracy = request.recipe.loss(for: request.data).hasAccuracy
    rate = StepRate(from: clock.now)
    let point = request.point
    earlier = (point?.place.steps ?? 0, point?.place.epochs ?? 0)
    (steps, finishedEpochs) = earlier
    sum = point?.sum ?? LossSum()
    smoothed = point?.smoothed
    rates = RateFollower(request.recipe.rates, from: point?.rates ?? RatePosition())
    best = request.watch.map { BestKeeper($0, point?.best, of: request.network) }
    facts = RunFacts(
      network: request.name, loss: .infinity, epochs: finishedEpochs, steps: steps)
    board.publish(index) { [steps] progress, _ in
      (progress.step, progress.earlierSteps) = (steps, steps)
      progress.epoch += point?.place.epochs ?? 0
    }
  }

  /// Whether it takes further steps.
  var isLearning: Bool { ending == nil }

  /// Says how long the run is going to be, and how many epochs its steps are.
  func plan(steps: Int, epochs: Int?, scheduled: Int) {
    rates.plan(RunLength(steps: steps, epochs: scheduled))
    board.publish(index) { progress, _ in
      progress.steps = steps
      progress.epochs = epochs
    }
  }

  /// Goes on with other learning rates.
  func change(_ plan: RatePlan) {
    if plan != rates.plan { board.publish(index) { _, record in record.mark(plan.mark) } }
    rates.change(plan)
  }

  /// Leaves a time between two steps out of the rate of steps.
  func leaveOut(_ duration: Duration) { rate.leaveOut(duration) }

  func beginEpoch() { sum = LossSum() }

  /// A step whose gradients are known, and how it came to them.
  private struct Computed {
    let step: ComputedStep
    let clock: StepClock?
    let start: ContinuousClock.Instant
    let end: ContinuousClock.Instant
  }

  /// Computes a step on some examples, which `follow` or `takeBack` ends; with other processes `follow` does all.
  ///
  /// - Throws: `EngineError`, `interrupted` where the step shall be given up; then nothing has changed.
  func compute(_ batch: StepBatch) throws(EngineError) {
    if ranks != nil { return }
    let start = clock.now
    let stepClock = board.timings.clock(for: request.name)
    let step = try Interruption.with(board.signals.step) { () throws(EngineError) in
      let (examples, rows) = try request.examples(of: batch)
      return try model.compute(examples, rows: rows, mixing: batch.mixing, clock: stepClock)
    }
    computed = Computed(step: step, clock: stepClock, start: start, end: clock.now)
  }

  /// Forgets a step that was computed, where one was.
  func takeBack() {
    if computed != nil { model.takeBack() }
    computed = nil
  }

  /// Has weights follow a step that was computed; a loss that is no number ends the network's part in the run.
  func follow(_ batch: StepBatch) throws(EngineError) {
    let rate = rates.rate
    let result: StepResult
    let stepClock: StepClock?
    let start = clock.now
    if let ranks {
      stepClock = board.timings.clock(for: request.name)
      var step = SharedStep(learningRate: rate)
      (step.mixing, step.updates, step.clock) = (batch.mixing, batch.updates, stepClock)
      result = try model.step(with: ranks, step) { () throws(EngineError) in
        try request.examples(of: batch)
      }
    } else {
      guard let computed else { return }
      self.computed = nil
      (result, stepClock) = (computed.step.result, computed.clock)
      stepClock?.leaveOut(computed.end.duration(to: start))
      seconds += computed.start.duration(to: computed.end).seconds
      try model.follow(computed.step, learningRate: rate, updates: batch.updates)
    }
    if let stepClock, result.isFinite {
      board.timings.add(stepClock.shares(of: model.network), of: request.name)
    }
    seconds += start.duration(to: clock.now).seconds
    guard result.isFinite else {
      let path = (try? model.firstNonFinite())?.path
      let fault = RunFault.diverged(step: steps + 1, loss: result.loss, path: path)
      ending = .failed(fault)
      facts.isLearning = false
      board.publish(fault, of: index)
      return
    }
    steps += 1
    if let times = result.peerTimes { peerTimes = (peerTimes ?? PeerTimes()).adding(times) }
    rates.passStep()
    self.rate.count(result.count, at: clock.now)
    sum.add(result)
    publish(result, rate, limit: batch.limit)
  }

  private func publish(_ result: StepResult, _ learningRate: Double, limit: Int) {
    let weight = 0.9
    smoothed = smoothed.map { weight * $0 + (1 - weight) * result.loss } ?? result.loss
    let perSecond = rate.perSecond
    let batch = Double(max(result.count, 1))
    let rateChanges = !rates.plan.schedule.isConstant
    board.publish(index) { [self] progress, record in
      progress.epoch = epochs.total + 1 + earlier.epochs
      progress.step = steps
      progress.loss = smoothed
      progress.accuracy = hasAccuracy ? result.accuracy : nil
      progress.samplesPerSecond = perSecond
      progress.learningRate = learningRate
      progress.rateChanges = rateChanges
      progress.secondsLeft = perSecond.flatMap { $0 > 0 ? Double(limit - steps) * batch / $0 : nil }
      record.append(loss: result.loss)
    }
  }

  /// What is measured after an epoch.
  struct EpochMeasures {
    var test: Evaluation?
    var train: Evaluation?
  }

  /// Measures what there is to know after an epoch, and changes nothing.
  ///
  /// - Throws: `EngineError`, `interrupted` where the run shall end or wait; of several processes none may do so alone.
  func measureEpoch() throws(EngineError) -> EpochMeasures {
    if ranks != nil { return try measured() }
    return try Interruption.with(board.signals.step) { () throws(EngineError) in try measured() }
  }

  private func measured() throws(EngineError) -> EpochMeasures {
    func measure(_ examples: Examples, _ measures: Measures) throws(EngineError) -> Evaluation? {
      try Evaluation(model, on: examples, measuring: measures) { false }
    }
    var found = EpochMeasures()
    if let examples = request.data.test {
      found.test = try measure(examples, measures(of: .test))
    }
    if request.measured.contains(.train) {
      found.train = try measure(request.data.train, .figures)
    }
    return found
  }

  /// Keeps the figures of a whole epoch.
  func finishEpoch(_ measures: EpochMeasures, epochLimit: Int) throws(EngineError) {
    finishedEpochs += 1
    let test = measures.test
    if let test { board.publish(index) { _, record in record.append(testLoss: test.loss) } }
    let summary = note(epochLimit: epochLimit, test: test)
    look(test: test)
    facts.metrics[.test] = test?.metrics
    if request.measured.contains(.train) { facts.metrics[.train] = measures.train?.metrics }
    rates.passEpoch(loss: sum.loss, testLoss: test?.loss)
    guard let summary else { return }
    let isOver = try best?.look(at: summary, facts.metrics, of: model) == true
    if best?.best?.epoch == summary.epoch { bestMetrics = facts.metrics }
    if isOver {
      ending = .outOfPatience(epochs: request.watch?.patience ?? 0)
      facts.isLearning = false
    }
  }

  /// What is measured of a part after each epoch.
  private func measures(of part: DataPart) -> Measures {
    request.measured.contains(part) ? .figures : .loss
  }

  /// Keeps what some steps came to that are no epoch of the run.
  func finishSteps(isWholeEpoch: Bool) {
    note(epochLimit: nil)
    guard isWholeEpoch else { return }
    finishedEpochs += 1
    rates.passEpoch(loss: sum.loss, testLoss: nil)
  }

  /// Keeps what an epoch, whole or in part, came to.
  @discardableResult
  func note(epochLimit: Int?, test: Evaluation? = nil) -> EpochSummary? {
    guard sum.count > 0 else { return nil }
    var summary = EpochSummary(
      network: request.name, epoch: epochs.total + 1 + earlier.epochs, epochs: epochLimit,
      step: steps,
      loss: sum.loss, accuracy: hasAccuracy ? sum.accuracy : nil, testLoss: test?.loss,
      testAccuracy: test?.accuracy, samplesPerSecond: rate.perSecond ?? 0)
    summary.isOneOfSeveral = isOneOfSeveral
    epochs.append(summary)
    board.publish(summary, of: index)
    return summary
  }

  /// Steps and epochs of the network in all runs.
  var stepsInAll: Int { request.learned.steps + steps - earlier.steps }
  var epochsInAll: Int { request.learned.epochs + finishedEpochs - earlier.epochs }

  /// The learning rates as they were asked for.
  var plan: RatePlan { rates.plan }

  /// Other batches that were asked for and come with the next epoch.
  var wantedBatching: Batching? { board.wantedBatching }

  /// Says where the network is in its schedule and epoch.
  func note(_ point: inout RunPoint) {
    (point.rates, point.sum, point.smoothed) = (rates.position, sum, smoothed)
    point.best = best?.memory(of: model)
  }

  /// Brings the facts for the run's condition up to date.
  func look(test: Evaluation? = nil) {
    facts = RunFacts(
      network: request.name, loss: sum.loss, accuracy: hasAccuracy ? sum.accuracy : nil,
      testLoss: test?.loss, testAccuracy: test?.accuracy, epochs: finishedEpochs, steps: steps)
  }

  /// What it came to; `ending` is how the run ended for those that learned to the end.
  ///
  /// Where there is no memory for what was learned, the network is as it was before the run.
  func result(_ ending: RunResult.Ending, at place: RunPlace, _ workbench: Workbench) -> RunResult {
    epochs.finish()
    do throws(EngineError) {
      let ending = self.ending ?? ending
      var point: RunPoint?
      if case .stopped = ending { point = try self.point(at: place, isEnd: true) }
      try model.finishGathering()
      model.settleAverage()
      best?.restore(to: model)
      let learned = try workbench.learned(
        by: model, for: request, steps: steps - earlier.steps,
        epochs: finishedEpochs - earlier.epochs)
      return RunResult(
        name: request.name, network: model.network, learned: learned, epochs: epochs,
        ending: ending, best: best?.best, point: point, steps: steps - earlier.steps,
        seconds: seconds, peerTimes: peerTimes,
        metrics: best?.best?.isRestored == true ? bestMetrics : facts.metrics)
    } catch {
      return RunResult(
        name: request.name, network: request.network, learned: request.learned,
        epochs: EpochRecord(),
        ending: .failed(.refused(error)), steps: 0, seconds: 0)
    }
  }
}
