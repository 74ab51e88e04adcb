import Engine
import Networks

/// One run, executed on the training thread.
struct TrainingRun {
  private let request: RunRequest
  private let board: RunBoard
  private let workbench: Workbench

  /// Does what others want of the training thread, between two steps.
  private let takeRequests: () -> Void
  private let clock = ContinuousClock()
  private let comparesClasses: Bool

  private var epochs: [EpochSummary] = []
  private var steps = 0
  private var finishedEpochs = 0
  private var seconds = 0.0
  private var rate = StepRate()
  private var smoothed: Double?
  private var learningRate: Double

  init(
    request: RunRequest, board: RunBoard, workbench: Workbench, takeRequests: @escaping () -> Void
  ) {
    self.request = request
    self.board = board
    self.workbench = workbench
    self.takeRequests = takeRequests
    comparesClasses = (request.recipe.loss ?? request.data.naturalLoss).comparesClasses
    learningRate = request.recipe.optimizer.learningRate
  }

  /// Trains until the run is over, and tells what it came to; a run that fails keeps what it has learned.
  mutating func execute() -> RunResult {
    let model: Model
    do throws(EngineError) {
      if request.data.train.count == 0 { throw .batchSize(0) }
      model = try workbench.model(for: request)
    } catch {
      return result(.failed(.refused(error)), request.network, request.learned)
    }
    workbench.live = LiveRun(name: request.name, model: model, examples: request.data.train)
    defer { workbench.live = nil }
    let ending: RunResult.Ending
    do throws(EngineError) {
      ending = try train(model)
    } catch {
      ending = .failed(.refused(error))
    }
    let learned = workbench.learned(
      by: model, from: request.learned, steps: steps, epochs: finishedEpochs)
    return result(ending, model.network, learned)
  }

  private func result(_ ending: RunResult.Ending, _ network: Network, _ learned: LearnedState)
    -> RunResult
  {
    RunResult(
      name: request.name, network: network, learned: learned, epochs: epochs, ending: ending,
      steps: steps, seconds: seconds)
  }

  private func order(batchSize: Int) -> BatchOrder {
    let count = request.data.train.count
    return BatchOrder(
      exampleCount: count, batchSize: min(batchSize, count), seed: request.recipe.seed)
  }

  /// The steps after which the run is over, and its epochs where it is measured in them.
  private func limits(_ order: BatchOrder) -> (steps: Int, epochs: Int?) {
    switch request.length {
    case .epochs(let epochs):
      let (left, overflows) = max(0, epochs - finishedEpochs)
        .multipliedReportingOverflow(by: order.batchCount)
      let (limit, exceeds) = steps.addingReportingOverflow(left)
      return (overflows || exceeds ? .max : limit, epochs)
    case .steps(let steps): return (steps, nil)
    }
  }

  private mutating func train(_ model: Model) throws(EngineError) -> RunResult.Ending {
    var order = order(batchSize: request.recipe.batchSize)
    var (limit, epochLimit) = limits(order)
    var epoch = request.learned.steps / order.batchCount
    var first = epochLimit == nil ? request.learned.steps % order.batchCount : 0
    board.publish { progress, _ in
      progress.epochs = epochLimit
      progress.steps = limit
    }
    while steps < limit {
      if let size = board.takeBatchSize() {
        order = self.order(batchSize: size)
        (limit, epochLimit) = limits(order)
        first = 0
        board.publish { progress, _ in progress.steps = limit }
      }
      let positions = order.positions(inEpoch: epoch).map { Int($0) }
      var sum = LossSum()
      for index in first..<order.batchCount where steps < limit {
        let rows = positions[order.range(ofBatch: index)]
        workbench.live?.rows = rows
        takeRequests()
        if board.stopsRequested {
          note(sum, epochLimit: epochLimit)
          return .stopped
        }
        board.beginStep()
        if let rate = board.takeLearningRate() { change(learningRate: rate) }
        let result = try step(model, rows)
        guard result.isFinite else { return diverged(model, result) }
        sum.add(result)
        publish(result, limit: limit)
        if epochLimit == nil, isDone(sum, test: nil) {
          note(sum, epochLimit: nil)
          return .conditionHolds
        }
      }
      if epochLimit == nil {
        note(sum, epochLimit: nil)
        if first + sum.steps == order.batchCount { finishedEpochs += 1 }
      } else if try finishEpoch(model, sum, epochLimit: epochLimit) {
        return .conditionHolds
      }
      epoch += 1
      first = 0
    }
    return .finished
  }

  private mutating func change(learningRate rate: Double) {
    if rate != learningRate { board.publish { _, record in record.mark("lr \(rate)") } }
    learningRate = rate
  }

  private mutating func step(_ model: Model, _ rows: ArraySlice<Int>) throws(EngineError)
    -> StepResult
  {
    let start = clock.now
    let result = try model.step(request.data.train, rows: rows, learningRate: learningRate)
    seconds += start.duration(to: clock.now).seconds
    if result.isFinite {
      steps += 1
      rate.count(result.count)
    }
    return result
  }

  private mutating func publish(_ result: StepResult, limit: Int) {
    let weight = 0.9
    smoothed = smoothed.map { weight * $0 + (1 - weight) * result.loss } ?? result.loss
    let perSecond = rate.perSecond
    let batch = Double(max(result.count, 1))
    board.publish { [self] progress, record in
      progress.epoch = epochs.count + 1
      progress.step = steps
      progress.loss = smoothed
      progress.accuracy = comparesClasses ? result.accuracy : nil
      progress.samplesPerSecond = perSecond
      progress.learningRate = learningRate
      progress.secondsLeft = perSecond.flatMap { $0 > 0 ? Double(limit - steps) * batch / $0 : nil }
      record.append(loss: result.loss)
    }
  }

  /// Measures the test part and keeps the epoch's figures; tells whether the run is over early.
  private mutating func finishEpoch(_ model: Model, _ sum: LossSum, epochLimit: Int?)
    throws(EngineError) -> Bool
  {
    finishedEpochs += 1
    var test: Evaluation?
    if let examples = request.data.test {
      test = try Evaluation(model, on: examples) { board.stopsRequested }
      if let test { board.publish { _, record in record.append(testLoss: test.loss) } }
    }
    note(sum, epochLimit: epochLimit, test: test)
    return isDone(sum, test: test)
  }

  /// Keeps what an epoch, whole or in part, came to.
  private mutating func note(_ sum: LossSum, epochLimit: Int?, test: Evaluation? = nil) {
    guard sum.count > 0 else { return }
    let summary = EpochSummary(
      network: request.name, epoch: epochs.count + 1, epochs: epochLimit, step: steps,
      loss: sum.loss, accuracy: comparesClasses ? sum.accuracy : nil, testLoss: test?.loss,
      testAccuracy: test?.accuracy, samplesPerSecond: rate.perSecond ?? 0)
    epochs.append(summary)
    board.publish(summary)
  }

  private func isDone(_ sum: LossSum, test: Evaluation?) -> Bool {
    guard let condition = request.isDone else { return false }
    return condition(
      RunFacts(
        loss: sum.loss, accuracy: comparesClasses ? sum.accuracy : nil, testLoss: test?.loss,
        testAccuracy: test?.accuracy, epochs: finishedEpochs, steps: steps))
  }

  private func diverged(_ model: Model, _ result: StepResult) -> RunResult.Ending {
    let path = (try? model.firstNonFinite())?.path
    return .failed(.diverged(step: steps + 1, loss: result.loss, path: path))
  }
}
