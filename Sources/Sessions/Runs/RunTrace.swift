import Training

/// The curves of one run, finished or still growing.
package struct RunTrace: Sendable {
  /// Its place among all runs of the session, counted from 0.
  package let number: Int

  /// The name of the network that learned.
  package internal(set) var network: String
  package let record: LossRecord
  package let epochs: EpochRecord

  /// Whether it is one run, not several that were joined.
  package internal(set) var isWhole = true

  /// Why it failed, if it did.
  var fault: RunFault?

  /// Whether it has come to its end without a fault.
  package var isSound: Bool { fault == nil }
}

/// How much of a run somebody has read.
package struct RunPosition: Sendable {
  fileprivate var losses = 0
  fileprivate var tests = 0
  fileprivate var epochs = 0
  fileprivate var marks = 0

  /// The beginning.
  package init() {}

  /// Whether nothing was read.
  package var isBeginning: Bool { losses + tests + epochs + marks == 0 }
}

/// What a run has come to since somebody read it last.
package struct RunNews: Sendable {
  package let network: String

  /// The steps that the network had taken before the run.
  package let firstStep: Int
  package let losses: [LossRecord.Point]
  package let tests: [LossRecord.Point]
  package let epochs: [EpochSummary]
  package let marks: [LossRecord.Mark]
}

extension RunPosition {
  /// Goes on behind some news.
  fileprivate mutating func pass(_ news: RunNews) {
    losses += news.losses.count
    tests += news.tests.count
    epochs += news.epochs.count
    marks += news.marks.count
  }
}

extension RunTrace {
  /// What follows a position, which moves to the end.
  package func news(after position: inout RunPosition) -> RunNews {
    let news = RunNews(
      network: network, firstStep: record.firstStep, losses: record.points(from: position.losses),
      tests: Array(record.tests.dropFirst(position.tests)),
      epochs: Array(epochs.dropFirst(position.epochs)),
      marks: Array(record.marks.dropFirst(position.marks)))
    position.pass(news)
    return news
  }
}

extension Session {
  /// The numbers of the current runs: one for each network that learns.
  package var currentRunNumbers: Range<Int> {
    runs.traces.count..<runs.traces.count + (running?.lanes.count ?? 0)
  }

  /// What follows a position in a current run, by its number; copies no more than that.
  package func currentNews(_ number: Int, after position: inout RunPosition) -> RunNews? {
    let lane = number - runs.traces.count
    guard let run = running, run.lanes.indices.contains(lane),
      let firstStep = trainer.firstStep(lane)
    else {
      return nil
    }
    let news = RunNews(
      network: run.lanes[lane].name, firstStep: firstStep,
      losses: trainer.losses(from: position.losses, of: lane),
      tests: trainer.tests(from: position.tests, of: lane),
      epochs: trainer.epochs(from: position.epochs, of: lane),
      marks: trainer.marks(from: position.marks, of: lane))
    position.pass(news)
    return news
  }

  /// The runs that are over, in their order; of very many the older ones of a network are one, with the number of
  /// the last.
  package var finishedRuns: [RunTrace] { runs.traces.all }

  /// How many runs are over.
  package var finishedRunCount: Int { runs.traces.count }

  /// The current runs as they are now, one for each network that learns.
  package var currentRuns: [RunTrace] { runs.currentTraces }

  /// Waits for the current run to end, without a shell, and takes over what it has learned.
  package func finishRun() {
    while trainer.isRunning { trainer.waitForEnd() }
    _ = collectRun()
  }
}

extension Session {
  /// The step at which the current run is meant to end, if that is known.
  package var plannedSteps: Int? {
    let firsts = (running?.lanes ?? []).indices.compactMap { trainer.firstStep($0) }
    guard let progress = trainer.progress, let steps = progress.steps, let first = firsts.max()
    else { return nil }
    let (sum, overflows) = first.addingReportingOverflow(steps - progress.earlierSteps)
    return overflows ? nil : sum
  }
}

extension Session {
  /// Asks for a look inside the current network, if that is being trained; `look` has it later.
  package func requestLook() {
    guard trainer.isRunning, let run = running, run.names.contains(state.currentName) else {
      return
    }
    trainer.requestLook(inside: state.currentName, at: run.data.train)
  }

  /// What was last seen inside the blocks of a network that was trained, and a number that grows.
  package var look: (blocks: [OutlineRow.ID: BlockLook], count: Int) {
    let look = trainer.look
    return (look.network == state.currentName ? look.blocks : [:], look.count)
  }
}
