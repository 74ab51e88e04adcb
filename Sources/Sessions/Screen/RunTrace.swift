import Training

/// The curves of one run, finished or still growing.
package struct RunTrace: Sendable {
  /// Its place among all runs of the session, counted from 0.
  package let number: Int

  /// The name of the network that learned.
  package let network: String
  package let record: LossRecord
  package let epochs: [EpochSummary]
}

extension Session {
  /// The runs that are over, in their order.
  package var finishedRuns: [RunTrace] { traces }

  /// The run in hand as it is now, or nothing when none is going on.
  package var runInHand: RunTrace? {
    guard let name = runningName, let record = trainer.record else { return nil }
    return RunTrace(
      number: traces.count, network: name, record: record, epochs: trainer.epochs(from: 0))
  }

  /// Waits for the run in hand to end, without a shell, and takes over what it has learned.
  package func finishRun() {
    while trainer.isRunning { trainer.waitForEnd() }
    _ = collectRun()
  }

  /// Keeps the curves of the run that is over.
  func keepTrace() {
    if let trace = runInHand { traces.append(trace) }
    runningName = nil
  }
}

extension Session {
  /// The step at which the run in hand is meant to end, if that is known.
  package var plannedSteps: Int? {
    guard let steps = trainer.progress?.steps, let first = trainer.record?.firstStep else {
      return nil
    }
    let (sum, overflows) = first.addingReportingOverflow(steps)
    return overflows ? nil : sum
  }
}
