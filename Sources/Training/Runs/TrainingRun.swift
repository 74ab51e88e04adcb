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
      return result(.failed(.refused(error)), request.learned)
    }
    workbench.setLive(model, name: request.name)
    defer { workbench.setLive(nil, name: request.name) }
    let ending: RunResult.Ending
    do throws(EngineError) {
      ending = try train(model)
    } catch {
      ending = .failed(.refused(error))
    }
    let learned = workbench.learned(
      by: model, from: request.learned, steps: steps, epochs: finishedEpochs)
    return result(ending, learned)
  }

  private func result(_ ending: RunResult.Ending, _ learned: LearnedState) -> RunResult {
    RunResult(
      name: request.name, network: request.network, learned: learned, epochs: epochs,
      ending: ending, steps: steps, seconds: seconds)
  }

  private mutating func train(_ model: Model) throws(EngineError) -> RunResult.Ending {
    let count = request.data.train.count
    let batch = min(request.recipe.batchSize, count)
    let order = BatchOrder(exampleCount: count, batchSize: batch, seed: request.recipe.seed)
    let stepsPerEpoch = order.batchCount
    let limit: Int
    var epochLimit: Int?
    switch request.length {
    case .epochs(let epochs):
      epochLimit = epochs
      let (product, overflows) = epochs.multipliedReportingOverflow(by: stepsPerEpoch)
      limit = overflows ? .max : product
    case .steps(let steps): limit = steps
    }
    board.publish { progress, _ in
      progress.epochs = epochLimit
      progress.steps = limit
    }
    while steps < limit {
      let taken = request.learned.steps + steps
      let positions = order.positions(inEpoch: taken / stepsPerEpoch).map { Int($0) }
      var sum = LossSum()
      let first = epochLimit == nil ? taken % stepsPerEpoch : 0
      for index in first..<stepsPerEpoch where steps < limit {
        if board.stopsRequested {
          note(sum, epochLimit: epochLimit)
          return .stopped
        }
        takeRequests()
        if let rate = board.takeLearningRate() { change(learningRate: rate) }
        let result = try step(model, positions[order.range(ofBatch: index)])
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
        if first + sum.steps == stepsPerEpoch { finishedEpochs += 1 }
      } else if try finishEpoch(model, sum, epochLimit: epochLimit) {
        return .conditionHolds
      }
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
