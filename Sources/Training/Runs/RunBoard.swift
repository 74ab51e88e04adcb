import Synchronization

/// What the training thread and whoever watches it both see.
final class RunBoard: Sendable {
  private struct Contents {
    var progress: Progress?
    var record: LossRecord?
    var epochs: [EpochSummary] = []
    var result: RunResult?
    var stopsRequested = false
    var isInterrupted = false
    var learningRate: Double?
    var batchSize: Int?

    /// Whether the run waits between two steps, and how many steps it takes before it does.
    var isPaused = false
    var stepsAllowed = 0
    var wake: (@Sendable () -> Void)?
  }

  private let contents = Mutex(Contents())

  init() {}

  // MARK: The beginning and end of runs

  /// Makes room for a run; false where one goes on.
  func begin(_ request: RunRequest) -> Bool {
    contents.withLock { contents in
      guard contents.progress == nil else { return false }
      contents.stopsRequested = false
      contents.learningRate = nil
      contents.batchSize = nil
      contents.isPaused = false
      contents.stepsAllowed = 0
      contents.result = nil
      contents.epochs = []
      contents.record = LossRecord(firstStep: request.learned.steps)
      contents.progress = Progress(network: request.name)
      return true
    }
  }

  /// Ends the run in hand.
  func end(with result: RunResult) {
    contents.withLock { contents in
      contents.record?.finishStretch()
      contents.result = result
      contents.progress = nil
    }
    wake()
  }

  func takeResult() -> RunResult? {
    contents.withLock { contents in
      defer { contents.result = nil }
      return contents.result
    }
  }

  // MARK: News

  var progress: Progress? { contents.withLock { $0.progress } }

  func setWake(_ wake: (@Sendable () -> Void)?) { contents.withLock { $0.wake = wake } }

  private func wake() { contents.withLock { $0.wake }?() }

  /// Looks at the record without keeping it, so that it is never copied.
  func withRecord<Result: Sendable>(_ look: (LossRecord) -> Result) -> Result? {
    contents.withLock { contents in contents.record.map(look) }
  }

  func epochs(from index: Int) -> [EpochSummary] {
    contents.withLock { Array($0.epochs.dropFirst(max(index, 0))) }
  }

  func publish(_ change: (inout Progress, inout LossRecord) -> Void) {
    contents.withLock { contents in
      guard var progress = contents.progress, var record = contents.record else { return }
      contents.record = nil
      let state = progress.state
      change(&progress, &record)
      progress.state = state
      contents.progress = progress
      contents.record = record
    }
    wake()
  }

  func publish(_ epoch: EpochSummary) {
    contents.withLock { $0.epochs.append(epoch) }
    wake()
  }

  // MARK: Wishes

  var stopsRequested: Bool { contents.withLock { $0.stopsRequested } }

  func requestStop() {
    contents.withLock { contents in
      contents.stopsRequested = true
      contents.progress?.state = .stopping
    }
  }

  var isInterrupted: Bool { contents.withLock { $0.isInterrupted } }

  func interrupt() {
    contents.withLock { contents in
      contents.isInterrupted = true
      if contents.progress != nil {
        contents.stopsRequested = true
        contents.progress?.state = .stopping
      }
    }
  }

  func clearInterrupt() { contents.withLock { $0.isInterrupted = false } }

  func setLearningRate(_ rate: Double) {
    contents.withLock { contents in
      if contents.progress != nil { contents.learningRate = rate }
    }
  }

  func setBatchSize(_ size: Int) {
    contents.withLock { contents in
      if contents.progress != nil { contents.batchSize = size }
    }
  }

  /// Another batch size, once.
  func takeBatchSize() -> Int? {
    contents.withLock { contents in
      defer { contents.batchSize = nil }
      return contents.batchSize
    }
  }

  // MARK: Pauses

  var isPaused: Bool { contents.withLock { $0.isPaused && $0.progress != nil } }

  func pause() {
    contents.withLock { contents in
      guard contents.progress?.state == .running else { return }
      contents.isPaused = true
      contents.stepsAllowed = 0
      contents.progress?.state = .paused
    }
  }

  func resume() {
    contents.withLock { contents in
      contents.isPaused = false
      contents.stepsAllowed = 0
      if contents.progress?.state == .paused { contents.progress?.state = .running }
    }
  }

  /// Lets a run that is paused take so many steps.
  func allow(steps: Int) {
    contents.withLock { contents in
      if contents.isPaused { contents.stepsAllowed = steps }
    }
  }

  /// Whether the run takes the steps that a pause allows.
  var hasStepsAllowed: Bool { contents.withLock { $0.progress != nil && $0.stepsAllowed > 0 } }

  /// Whether the next step has to wait.
  var holds: Bool {
    contents.withLock { $0.isPaused && $0.stepsAllowed == 0 && !$0.stopsRequested }
  }

  /// Notes that a step begins.
  func beginStep() {
    contents.withLock { $0.stepsAllowed = max(0, $0.stepsAllowed - 1) }
  }

  /// A new learning rate, once.
  func takeLearningRate() -> Double? {
    contents.withLock { contents in
      defer { contents.learningRate = nil }
      return contents.learningRate
    }
  }
}
