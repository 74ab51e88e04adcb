import Engine
import Networks

/// Trains networks on a thread of its own, which owns plans and memory.
///
/// Requests are taken between two steps; the latest progress can be read at any time. A trainer that nobody
/// holds any more stops its run.
package final class Trainer: Sendable {
  let thread = WorkThread()
  let board = RunBoard()
  private let workbench = Workbench()
  let looks = LookBoard()

  /// A trainer whose thread starts with its first job.
  package init() {}

  deinit { requestStop() }

  // MARK: Runs

  /// Begins a run; false, and nothing happens, where one goes on already.
  ///
  /// What an earlier run has come to is gone if it was not collected.
  @discardableResult
  package func start(_ request: RunRequest) -> Bool {
    guard board.begin(request) else { return false }
    thread.enqueue { [board, workbench, queue = thread.queue] in
      var run = TrainingRun(
        request: request, board: board, workbench: workbench,
        takeRequests: { queue.drain { board.holds } })
      board.end(with: run.execute())
    }
    return true
  }

  /// Whether a run goes on.
  package var isRunning: Bool { board.progress != nil }

  /// Gives the run in hand another learning rate from its next step on.
  package func setLearningRate(_ rate: Double) { board.setLearningRate(rate) }

  /// Waits until the run in hand is over; one that is paused goes on.
  package func waitForEnd() {
    resume()
    let done = Handover<Bool>()
    thread.enqueue(atEnd: true) { done.give(true) }
    _ = done.take()
  }

  /// Asks the run to stop after the step in hand.
  package func requestStop() {
    board.requestStop()
    thread.queue.nudge()
  }

  /// The result of a run that is over, once.
  package func collect() -> RunResult? { board.takeResult() }

  /// The state of the run in hand, or nothing.
  package var progress: Progress? { board.progress }

  // MARK: What the last run has recorded

  /// All losses of the last run; who looks often reads what is new instead.
  package var record: LossRecord? { board.withRecord { $0 } }

  /// The steps that the network of the last run had taken before.
  package var firstStep: Int? { board.withRecord(\.firstStep) }

  /// The training losses of the last run from a point of its record on.
  package func losses(from index: Int) -> [LossRecord.Point] {
    board.withRecord { $0.points(from: index) } ?? []
  }

  /// The test losses of the last run from an index on.
  package func tests(from index: Int) -> [LossRecord.Point] {
    board.withRecord { Array($0.tests.dropFirst(max(index, 0))) } ?? []
  }

  /// What happened in the last run, from an index on.
  package func marks(from index: Int) -> [LossRecord.Mark] {
    board.withRecord { Array($0.marks.dropFirst(max(index, 0))) } ?? []
  }

  /// The finished epochs of the last run from a number on.
  package func epochs(from index: Int) -> [EpochSummary] { board.epochs(from: index) }

  /// Calls a closure, on the training thread, whenever there is news.
  package func onNews(_ wake: (@Sendable () -> Void)?) { board.setWake(wake) }

  // MARK: Interruption

  /// Notes that the user wants to stop; safe to call from any thread.
  package func interrupt() {
    board.interrupt()
    thread.queue.nudge()
  }

  /// Forgets an earlier interruption.
  package func clearInterrupt() { board.clearInterrupt() }

  /// Whether the user wants to stop.
  package var isInterrupted: Bool { board.isInterrupted }

  // MARK: Jobs

  /// Does a job on the training thread, between two steps if a run goes on, without waiting for it.
  func post(_ job: @escaping @Sendable (Workbench) -> Void) {
    thread.enqueue { [workbench] in job(workbench) }
  }

  /// Does a job on the training thread, between two steps if a run goes on, and waits for it.
  ///
  /// - Throws: What the job throws.
  package func perform<Result: Sendable>(
    _ job: @escaping @Sendable (Workbench) throws -> Result
  ) throws -> Result {
    let done = Handover<Swift.Result<Result, any Error>>()
    thread.enqueue { [workbench] in done.give(Swift.Result { try job(workbench) }) }
    return try done.take().get()
  }

  /// Loss and accuracy of a network on examples, and its weights with those that had to be drawn.
  ///
  /// - Returns: A loss that is no number where there are no examples or the user interrupts.
  /// - Throws: `EngineError` where network and examples do not agree.
  package func evaluate(_ request: RunRequest, on examples: Examples) throws -> (
    Evaluation, LearnedState
  ) {
    try perform { [board] workbench in
      let model = try workbench.model(for: request)
      let result = try Evaluation(model, on: examples) { board.isInterrupted }
      return (
        result ?? Evaluation(loss: .nan, accuracy: nil, count: 0),
        workbench.drawn(by: model, for: request)
      )
    }
  }

  /// What a network has learned so far, between two steps where it is being trained.
  ///
  /// - Throws: `EngineError` where network, loss and memory do not agree.
  package func snapshot(_ request: RunRequest) throws -> LearnedState {
    try perform { [board] workbench in
      guard workbench.isLive(request) else { return request.learned }
      let model = try workbench.model(for: request)
      var learned = request.learned
      learned.parameters = model.parameters
      learned.optimizerState = model.optimizerState
      learned.steps += board.progress?.step ?? 0
      learned.touch()
      return learned
    }
  }

  /// Outputs of a network for inputs, and its weights with those that had to be drawn.
  ///
  /// - Throws: `EngineError` where network and inputs do not agree.
  package func predict(_ request: RunRequest, inputs: Tensor) throws -> (Tensor, LearnedState) {
    try perform { workbench in
      let model = try workbench.model(for: request)
      return (try model.predict(inputs), workbench.drawn(by: model, for: request))
    }
  }
}
