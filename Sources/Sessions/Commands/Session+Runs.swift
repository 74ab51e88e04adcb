import Language
import Networks
import Training

/// The end of runs.
extension Session {
  /// Lets the run in hand come to its end and takes over what it has learned.
  ///
  /// - Throws: The diagnostic of a run that failed.
  func awaitRun() throws {
    trainer.resume()
    // A shell reports the epochs of a run that was over at once, too.
    if trainer.isRunning || running != nil { console?.waitForRun() }
    while trainer.isRunning { trainer.waitForEnd() }
    guard let report = collectRun() else { return }
    if let diagnostic = report.diagnostics.first { throw diagnostic }
    show(report)
  }

  /// Takes over what a run in the background has come to, if it is over, and shows it.
  func collectFinishedRun() -> Bool {
    guard !trainer.isRunning, let report = collectRun() else { return false }
    show(report)
    return true
  }

  /// Takes over the result of a run that is over, or nothing.
  package func collectRun() -> Report? {
    guard let result = trainer.collect() else { return nil }
    keepTrace()
    let run = running
    running = nil
    if let run { settle(result, of: run) }
    return report(of: result, at: run?.command)
  }

  /// Ends the run in hand; tells how far it came.
  func endRun() -> StyledText? {
    trainer.requestStop()
    while trainer.isRunning { trainer.waitForEnd() }
    let name = running?.name ?? state.currentName
    let before = running.flatMap { state.networks[$0.name]?.weights.steps } ?? 0
    guard collectRun() != nil else { return nil }
    let steps = (state.networks[name]?.weights.steps ?? before) - before
    return StyledText("stopped \(name) after \(Numbers.count(steps, "step"))")
  }

  /// Gives what a run has learned to the present state and to those that were during it, of which the
  /// blocks that an edit has taken away since have what they had then.
  private func settle(_ result: RunResult, of run: OngoingRun) {
    let isUnchanged = checkpoint?.revision == state.revision
    guard let known = state.networks[run.name], known.run == run.number else { return }
    var end = known
    end.weights = result.learned
    end.run = nil
    end.epochs += result.epochs
    if result.seconds > 0 { end.stepsPerSecond = Double(result.steps) / result.seconds }
    let stamp = run.stamp
    let adopt: (inout SessionState, NetworkState?) -> Void = { state, near in
      guard var known = state.networks[run.name], known.run == run.number else { return }
      if known.stamp == stamp {
        known.weights = result.learned
      } else if let near {
        known.weights = known.weights(following: near)
      }
      (known.run, known.epochs, known.stepsPerSecond) = (nil, end.epochs, end.stepsPerSecond)
      state.networks[run.name] = known
    }
    end.weights = known.stamp == stamp ? result.learned : known.weights(followingRun: result)
    state.networks[run.name] = end
    state.touch()
    if isUnchanged {
      checkpoint = state
    } else if checkpoint != nil, var before = checkpoint {
      adopt(&before, state.networks[run.name])
      checkpoint = before
    }
    let present = state
    history.revise(from: checkpoint ?? present) { state, near in
      adopt(&state, near.networks[run.name])
    }
  }
}

extension NetworkState {
  /// What a network has learned that was edited after the end of a run.
  fileprivate func weights(followingRun result: RunResult) -> LearnedState {
    var trained = NetworkState(network: result.network)
    trained.weights = result.learned
    return weights(following: trained)
  }
}
