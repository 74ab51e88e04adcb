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
  private let clock = ContinuousClock()
  private let comparesClasses: Bool
  private var epochs = EpochRecord()
  private(set) var steps = 0
  private var finishedEpochs = 0
  private var seconds = 0.0
  private var rate: StepRate
  private var smoothed: Double?
  private var learningRate: Double

  /// The current epoch, and what the last one has come to.
  private var sum = LossSum()
  private(set) var facts: RunFacts

  init(_ request: RunRequest, model: Model, at index: Int, of count: Int, board: RunBoard) {
    self.request = request
    self.model = model
    self.index = index
    self.board = board
    isOneOfSeveral = count > 1
    comparesClasses = (request.recipe.loss ?? request.data.naturalLoss).comparesClasses
    rate = StepRate(from: clock.now)
    learningRate = request.recipe.optimizer.learningRate
    facts = RunFacts(network: request.name, loss: .infinity, epochs: 0, steps: 0)
  }

  /// Whether it takes further steps.
  var isLearning: Bool { ending == nil }

  /// Says how long the run is going to be.
  func plan(steps: Int, epochs: Int?) {
    board.publish(index) { progress, _ in
      progress.steps = steps
      progress.epochs = epochs
    }
  }

  func change(learningRate rate: Double) {
    if rate != learningRate { board.publish(index) { _, record in record.mark("lr \(rate)") } }
    learningRate = rate
  }

  /// Leaves a time between two steps out of the rate of steps.
  func leaveOut(_ duration: Duration) { rate.leaveOut(duration) }

  func beginEpoch() { sum = LossSum() }

  /// Takes a step on some examples; a loss that is no number ends the network's part in the run.
  func step(_ rows: ArraySlice<Int>, limit: Int) throws(EngineError) {
    let start = clock.now
    let result = try model.step(request.data.train, rows: rows, learningRate: learningRate)
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
    rate.count(result.count, at: clock.now)
    sum.add(result)
    publish(result, limit: limit)
  }

  private func publish(_ result: StepResult, limit: Int) {
    let weight = 0.9
    smoothed = smoothed.map { weight * $0 + (1 - weight) * result.loss } ?? result.loss
    let perSecond = rate.perSecond
    let batch = Double(max(result.count, 1))
    board.publish(index) { [self] progress, record in
      progress.epoch = epochs.total + 1
      progress.step = steps
      progress.loss = smoothed
      progress.accuracy = comparesClasses ? result.accuracy : nil
      progress.samplesPerSecond = perSecond
      progress.learningRate = learningRate
      progress.secondsLeft = perSecond.flatMap { $0 > 0 ? Double(limit - steps) * batch / $0 : nil }
      record.append(loss: result.loss)
    }
  }

  /// Measures the test part and keeps the figures of a whole epoch.
  func finishEpoch(epochLimit: Int) throws(EngineError) {
    finishedEpochs += 1
    var test: Evaluation?
    if let examples = request.data.test {
      test = try Evaluation(model, on: examples, measuring: measures(of: .test)) {
        board.stopsRequested
      }
      if let test { board.publish(index) { _, record in record.append(testLoss: test.loss) } }
    }
    note(epochLimit: epochLimit, test: test)
    look(test: test)
    facts.metrics[.test] = test?.metrics
    guard request.measured.contains(.train) else { return }
    let train = try Evaluation(model, on: request.data.train, measuring: .figures) {
      board.stopsRequested
    }
    facts.metrics[.train] = train?.metrics
  }

  /// What is measured of a part after each epoch.
  private func measures(of part: DataPart) -> Measures {
    request.measured.contains(part) ? .figures : .loss
  }

  /// Keeps what some steps came to that are no epoch of the run.
  func finishSteps(isWholeEpoch: Bool) {
    note(epochLimit: nil)
    if isWholeEpoch { finishedEpochs += 1 }
  }

  /// Keeps what an epoch, whole or in part, came to.
  func note(epochLimit: Int?, test: Evaluation? = nil) {
    guard sum.count > 0 else { return }
    var summary = EpochSummary(
      network: request.name, epoch: epochs.total + 1, epochs: epochLimit, step: steps,
      loss: sum.loss, accuracy: comparesClasses ? sum.accuracy : nil, testLoss: test?.loss,
      testAccuracy: test?.accuracy, samplesPerSecond: rate.perSecond ?? 0)
    summary.isOneOfSeveral = isOneOfSeveral
    epochs.append(summary)
    board.publish(summary, of: index)
  }

  /// Brings the facts for the run's condition up to date.
  func look(test: Evaluation? = nil) {
    facts = RunFacts(
      network: request.name, loss: sum.loss, accuracy: comparesClasses ? sum.accuracy : nil,
      testLoss: test?.loss, testAccuracy: test?.accuracy, epochs: finishedEpochs, steps: steps)
  }

  /// What it came to; `ending` is how the run ended for those that learned to the end.
  ///
  /// Where there is no memory for what was learned, the network is as it was before the run.
  func result(_ ending: RunResult.Ending, _ workbench: Workbench) -> RunResult {
    epochs.finish()
    do throws(EngineError) {
      let learned = try workbench.learned(
        by: model, for: request, steps: steps, epochs: finishedEpochs)
      return RunResult(
        name: request.name, network: model.network, learned: learned, epochs: epochs,
        ending: self.ending ?? ending, steps: steps, seconds: seconds)
    } catch {
      return RunResult(
        name: request.name, network: request.network, learned: request.learned,
        epochs: EpochRecord(),
        ending: .failed(.refused(error)), steps: 0, seconds: 0)
    }
  }
}
