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

  /// A new learning rate, once.
  func takeLearningRate() -> Double? {
    contents.withLock { contents in
      defer { contents.learningRate = nil }
      return contents.learningRate
    }
  }
}
