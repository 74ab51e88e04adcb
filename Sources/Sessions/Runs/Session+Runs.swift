import Language
import Networks
import Training

/// The end of runs.
extension Session {
  /// Lets the current run come to its end and takes over what it has learned.
  ///
  /// - Throws: The diagnostic of a run that failed, or was paused by Ctrl-C at a prompt.
  func awaitRun() throws {
    if !isInterrupted { trainer.resume() }
    // A shell reports the epochs of a run that was over at once, too.
    if trainer.isRunning || running != nil, !isHeld { console?.waitForRun() }
    while trainer.isRunning, !isHeld { trainer.waitForEndOrInterruption() }
    if isHeld {
      let interruption = interruption
      if trainer.isRunning { throw interruption }
    }
    guard let report = collectRun() else { return }
    if let diagnostic = report.diagnostics.first { throw diagnostic }
    show(report)
  }

  /// Waits for a run that the last command has begun, where statements wait for runs.
  ///
  /// - Throws: The diagnostic of a run that failed.
  func waitIfNeeded(after invocation: Invocation) throws {
    guard CommandTable.has(.background, invocation.verb.text), !trainer.isPaused,
      !invocation.isBackground || sweep != nil
    else { return }
    guard goesOn(after: invocation) else { return }
    try awaitRun()
    runs.noteEnd(beforeNext: true)
  }

  /// Whether other statements follow a command, or its source waits for runs.
  func goesOn(after invocation: Invocation) -> Bool {
    source.waitsForRuns || invocation.range != lastStatement
  }

  /// Takes over what a run in the background has come to, if it is over, and shows it.
  func collectFinishedRun() -> Bool {
    guard !trainer.isRunning, let report = collectRun() else { return false }
    show(report)
    return true
  }

  /// Takes over the result of a run that is over, or nothing.
  package func collectRun() -> Report? {
    let ended = runs.collect { state.networks[$0] != nil }
    guard let (results, run) = ended else { return nil }
    if let run { settle(results, of: run) }
    publishWork()
    var report = report(of: results, at: run?.command)
    if let run { report.lines += plainSigns(of: results, in: run) }
    if dealt != nil {
      endDealt(results, report)
    } else {
      report.lines += recorder?.end(results, runs.traces.all, in: state) ?? []
      sweep?.end(results, runs.traces.all, recorder?.numbers ?? [:], in: state)
    }
    demonstration?.end(results, runs.traces.all)
    report.diagnostics = report.diagnostics.map(scope.verified)
    report.lines += run?.checkpoints?.lines ?? []
    return report
  }

  /// Ends the current run; tells how far it came.
  func endRun() -> StyledText? {
    trainer.requestStop()
    while trainer.isRunning { trainer.waitForEnd() }
    let names = running?.names ?? [state.currentName]
    let before = names.map { state.networks[$0]?.weights.steps ?? 0 }
    guard collectRun() != nil else { return nil }
    let steps = zip(names, before).map { (state.networks[$0]?.weights.steps ?? $1) - $1 }.max() ?? 0
    return StyledText("stopped \(OngoingRun.joined(names)) after \(Numbers.count(steps, "step"))")
  }

  /// Gives what a run has learned to the present state and to those that were during it, of which the
  /// blocks that an edit has taken away since have what they had then.
  private func settle(_ results: [RunResult], of run: OngoingRun) {
    revise()
    let isUnchanged = checkpoint.map { !state.differs(from: $0) } ?? false
    var settlements: [RunSettlement] = []
    for (result, lane) in zip(results, run.lanes) {
      guard let known = state.networks[lane.name], known.run == run.number else { continue }
      let settlement = RunSettlement(
        result, of: lane, run, settings: state.recipe, last: known.lastEpoch)
      var end = known
      settlement.mark(&end)
      end.weights =
        known.stamp == lane.stamp ? result.learned : known.weights(followingRun: result)
      state.networks[lane.name] = end
      settlements.append(settlement)
    }
    if settlements.isEmpty { return }
    revise()
    if isUnchanged {
      checkpoint = state
    } else if var before = checkpoint {
      for settlement in settlements { settlement.settle(&before, beside: state) }
      checkpoint = before
    }
    history.revise(from: checkpoint ?? state, during: run.number) { state, near in
      for settlement in settlements { settlement.settle(&state, beside: near) }
    }
  }
}
