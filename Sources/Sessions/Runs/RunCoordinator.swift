import Training

/// The runs of a session: it owns the trainer, knows where the current run stands, and keeps the curves of
/// those that are over.
///
/// What a run has learned it hands over; the session gives it to its states.
final class RunCoordinator {
  /// Where the session stands between runs.
  enum Phase {
    /// No run goes on, and who would wait for one is told so.
    case idle

    /// A run goes on, or is over and was not collected yet.
    case running(OngoingRun)

    /// A run has ended by itself just before a command, by its number, which has nothing left to wait for.
    case over(before: Int)
  }

  let trainer: Trainer
  private(set) var phase = Phase.idle

  /// No run yet.
  init(_ trainer: Trainer) { self.trainer = trainer }

  /// The curves of the runs that are over.
  var traces = RunTraces()
  private var commandNumber = 0

  /// The networks of the current run, or else of the last one.
  private(set) var latest: [String] = []

  /// The current run, as it began.
  var run: OngoingRun? { if case .running(let run) = phase { run } else { nil } }

  /// Whether a run has ended by itself since the command before the current one.
  var hasJustEnded: Bool { if case .over = phase { true } else { false } }

  /// Counts a command.
  func beginCommand() {
    commandNumber += 1
    if case .over(let number) = phase, number < commandNumber { phase = .idle }
  }

  /// Begins a run.
  func begin(_ run: OngoingRun, _ requests: [RunRequest]) {
    trainer.start(requests)
    phase = .running(run)
    latest = run.names
  }

  /// Changes what is known of the current run.
  func update(_ change: (inout OngoingRun) -> Void) {
    guard case .running(var run) = phase else { return }
    change(&run)
    phase = .running(run)
  }

  /// Takes over what a run that is over has come to, or nothing; its curves are kept.
  ///
  /// - Parameter isPresent: Whether the session still has a network.
  func collect(isPresent: (String) -> Bool) -> (results: [RunResult], run: OngoingRun?)? {
    let results = trainer.collectAll()
    if results.isEmpty { return nil }
    defer { phase = .idle }
    for var trace in currentTraces {
      trace.fault = results.first { $0.name == trace.network }?.fault
      traces.append(trace, isPresent: isPresent)
    }
    return (results, run)
  }

  /// Takes over the curve that a file has of a network, where none is known of it.
  func restore(_ curve: SavedCurve, of network: String) {
    if traces.all.contains(where: { $0.network == network }) { return }
    if let trace = curve.trace(number: traces.count, of: network) {
      traces.append(trace) { _ in true }
    }
  }

  /// Notes that the run just collected has ended by itself, before the current command or the next one.
  func noteEnd(beforeNext: Bool) {
    if case .running = phase { return }
    phase = .over(before: commandNumber + (beforeNext ? 1 : 0))
  }

  /// The curves of the current run as they are now, one for each network that learns.
  var currentTraces: [RunTrace] {
    (run?.names ?? []).enumerated().compactMap { lane, name in
      guard let record = trainer.record(lane), let epochs = trainer.epochRecord(lane) else {
        return nil
      }
      return RunTrace(
        number: traces.count + lane, network: name, record: record, epochs: epochs)
    }
  }

  // MARK: Notices

  /// Pauses the current run without waiting for its step; `takeRest` tells once when that is over.
  func requestPause() {
    update { $0.isRestAwaited = true }
    trainer.requestPause()
  }

  /// Whether the current run has come to rest since `requestPause`, once.
  func takeRest() -> Bool {
    guard run?.isRestAwaited == true, trainer.isAtRest else { return false }
    update { $0.isRestAwaited = false }
    return true
  }

  /// The networks of the current run that learn no more while others go on, each once.
  func takeFaults() -> [(network: String, fault: RunFault)] {
    let faults = trainer.faults
    if faults.isEmpty { return [] }
    var fresh: [(network: String, fault: RunFault)] = []
    update { run in
      for (name, fault) in faults {
        guard let index = run.lanes.firstIndex(where: { $0.name == name }),
          !run.lanes[index].isReported
        else { continue }
        run.lanes[index].isReported = true
        fresh.append((name, fault))
      }
    }
    return fresh
  }
}
