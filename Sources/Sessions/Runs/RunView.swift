import Training

/// What a command may know of runs.
struct RunView {
  private let runs: RunCoordinator?

  /// The curves of the runs that are over.
  let finished: RunTraces

  /// A view of the runs of a session, or of none.
  init(_ runs: RunCoordinator?, traces: RunTraces) {
    self.runs = runs
    finished = traces
  }

  /// The run that goes on, as it began.
  var run: OngoingRun? { runs?.run }

  /// Whether a run goes on, paused or not.
  var isRunning: Bool { runs?.trainer.isRunning ?? false }

  /// Whether the run that goes on is paused.
  var isPaused: Bool { runs?.trainer.isPaused ?? false }

  /// Whether a run has ended by itself since the command before.
  var hasJustEnded: Bool { runs?.hasJustEnded ?? false }

  /// How far the run is, for each network that learns.
  var progressOfAll: [Progress] { runs?.trainer.progressOfAll ?? [] }

  /// How far a network of the run is; nothing where it does not learn.
  func progress(of network: String) -> Progress? { runs?.trainer.progress(of: network) }

  /// The curves of the run that goes on.
  var growing: [RunTrace] { runs?.currentTraces ?? [] }
}
