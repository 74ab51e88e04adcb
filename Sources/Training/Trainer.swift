import Engine
import Networks
import Synchronization

/// Trains networks on a thread of its own, which owns plans and memory.
///
/// Requests are taken between two steps; the latest progress can be read at any time.
package final class Trainer: Sendable {
  /// What both threads see.
  struct Shared {
    var progress: Progress?
    var record: LossRecord?
    var epochs: [EpochSummary] = []
    var result: RunResult?
    var stopsRequested = false
    var isInterrupted = false
    var learningRate: Double?
    var wake: (@Sendable () -> Void)?
  }

  private let thread = WorkThread()
  private let shared = Mutex(Shared())
  private let workbench = Workbench()

  /// A trainer whose thread starts with its first job.
  package init() {}

  // MARK: Runs

  /// Begins a run; there is at most one at a time.
  package func start(_ request: RunRequest) {
    shared.withLock { shared in
      shared.stopsRequested = false
      shared.learningRate = nil
      shared.result = nil
      shared.epochs = []
      shared.record = LossRecord(firstStep: request.learned.steps)
      shared.progress = Progress(network: request.name)
    }
    thread.enqueue { [self] in
      var run = TrainingRun(request: request, trainer: self, workbench: workbench)
      let result = run.execute()
      shared.withLock { shared in
        shared.result = result
        shared.progress = nil
      }
      wake()
    }
  }

  /// Whether a run has begun whose result was not collected yet.
  package var isRunning: Bool { shared.withLock { $0.progress != nil } }

  /// Gives the run in hand another learning rate from its next step on.
  package func setLearningRate(_ rate: Double) {
    shared.withLock { shared in
      if shared.progress != nil { shared.learningRate = rate }
    }
  }

  /// Waits until the run in hand is over.
  package func waitForEnd() {
    let done = Handover<Bool>()
    thread.enqueue(atEnd: true) { done.give(true) }
    _ = done.take()
  }

  /// Asks the run to stop after the step in hand.
  package func requestStop() {
    shared.withLock { shared in
      shared.stopsRequested = true
      shared.progress?.state = .stopping
    }
  }

  /// The result of a run that is over, once.
  package func collect() -> RunResult? {
    shared.withLock { shared in
      defer { shared.result = nil }
      return shared.result
    }
  }

  /// The state of the run in hand, or nothing.
  package var progress: Progress? { shared.withLock { $0.progress } }

  /// The losses of the last run.
  package var record: LossRecord? { shared.withLock { $0.record } }

  /// The finished epochs of the last run from a number on.
  package func epochs(from index: Int) -> [EpochSummary] {
    shared.withLock { Array($0.epochs.dropFirst(index)) }
  }

  /// Calls a closure, on the training thread, whenever there is news.
  package func onNews(_ wake: (@Sendable () -> Void)?) { shared.withLock { $0.wake = wake } }

  // MARK: Interruption

  /// Notes that the user wants to stop; safe to call from any thread.
  package func interrupt() {
    shared.withLock { shared in
      shared.isInterrupted = true
      if shared.progress != nil {
        shared.stopsRequested = true
        shared.progress?.state = .stopping
      }
    }
  }

  /// Forgets an earlier interruption.
  package func clearInterrupt() { shared.withLock { $0.isInterrupted = false } }

  /// Whether the user wants to stop.
  package var isInterrupted: Bool { shared.withLock { $0.isInterrupted } }

  // MARK: For the run

  var stopsRequested: Bool { shared.withLock { $0.stopsRequested } }

  func publish(_ change: (inout Progress, inout LossRecord) -> Void) {
    shared.withLock { shared in
      guard var progress = shared.progress, var record = shared.record else { return }
      shared.record = nil
      let state = progress.state
      change(&progress, &record)
      progress.state = state
      shared.progress = progress
      shared.record = record
    }
    wake()
  }

  func publish(_ epoch: EpochSummary) {
    shared.withLock { $0.epochs.append(epoch) }
    wake()
  }

  /// A new learning rate, once.
  func takeLearningRate() -> Double? {
    shared.withLock { shared in
      defer { shared.learningRate = nil }
      return shared.learningRate
    }
  }

  /// Does what was asked for meanwhile.
  func takeRequests() { thread.drain() }

  private func wake() { shared.withLock { $0.wake }?() }

  // MARK: Jobs

  /// Does a job on the training thread, between two steps if a run goes on, and waits for it.
  ///
  /// - Throws: What the job throws.
  package func perform<Result: Sendable>(
    _ job: @escaping @Sendable (Workbench) throws -> Result
  ) throws -> Result {
    let done = Handover<Swift.Result<Result, any Error>>()
    thread.enqueue { [self] in done.give(Swift.Result { try job(workbench) }) }
    return try done.take().get()
  }

  /// Loss and accuracy of a network on examples, and its weights with those that had to be drawn.
  ///
  /// - Throws: `EngineError` where network and examples do not agree.
  package func evaluate(_ request: RunRequest, on examples: Examples) throws -> (
    Evaluation, LearnedState
  ) {
    try perform { workbench in
      let model = try workbench.model(for: request)
      let comparesClasses = (request.recipe.loss ?? request.data.naturalLoss).comparesClasses
      guard let result = try Evaluation(model, on: examples, comparesClasses: comparesClasses)
      else { return (Evaluation(loss: .nan, accuracy: nil, count: 0), request.learned) }
      return (result, workbench.drawn(by: model, for: request))
    }
  }

  /// What a network has learned so far, between two steps where it is being trained.
  ///
  /// - Throws: `EngineError` where network, loss and memory do not agree.
  package func snapshot(_ request: RunRequest) throws -> LearnedState {
    try perform { [self] workbench in
      guard workbench.isLive(request) else { return request.learned }
      let model = try workbench.model(for: request)
      var learned = request.learned
      learned.parameters = model.parameters
      learned.optimizerState = model.optimizerState
      learned.steps += progress?.step ?? 0
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
