import Engine
import Networks

/// What can be asked of a run that is going on, between two of its steps.
extension Trainer {
  /// Has the run of a network go on with an edited one.
  ///
  /// Parameters whose block and shape stay keep what they have learned; `given` values go before those
  /// that would be drawn.
  ///
  /// - Returns: What became of the parameters, or nothing where that network is not being trained any more.
  /// - Throws: `EngineError` where the network cannot be computed; then nothing has changed.
  package func adopt(
    _ network: Network, for name: String, given: LearnedState = LearnedState(),
    scheme: Initializer, label: String
  ) throws -> LiveEdit? {
    try performTogether { workbench in
      try workbench.live(name)?.adopt(network, given: given, scheme: scheme)
    } note: { [board] edit in
      if edit != nil { board.publish(name) { _, record in record.mark(label) } }
    }
  }

  /// The losses of a network and of another form of it on examples of the next step, as it would find them, without
  /// taking it.
  ///
  /// - Throws: `EngineError` where a network and its data do not agree.
  package func losses(of old: RunRequest, and new: RunRequest) throws -> TrialLosses {
    try perform { workbench in
      let batch = min(old.recipe.batchSize, old.data.train.count)
      let count = min(old.network.trialCount(of: batch), new.network.trialCount(of: batch))
      func loss(_ request: RunRequest) throws(EngineError) -> Double {
        let rows = try request.nextRows().prefix(count)
        return try workbench.model(for: request).trainingLoss(request.data.train, rows: rows).loss
      }
      let rows = try old.nextRows().count
      return TrialLosses(
        before: try loss(old), after: try loss(new), examples: min(count, rows), of: rows)
    }
  }

  /// Has the run go on with another optimizer; its memory is kept where it means the same.
  ///
  /// - Throws: `EngineError` where memory is short; then nothing has changed.
  package func setOptimizer(_ optimizer: Optimizer, _ schedule: Schedule = .constant) throws {
    try performTogether { workbench in
      for live in workbench.live { try live.model.use(optimizer) }
    }
    setRates(RatePlan(optimizer.learningRate, schedule))
  }

  /// Has the run go on with gradients clipped in another way.
  package func setClipping(_ clipping: Clipping?) throws {
    try performTogether { workbench in
      for live in workbench.live { live.model.clipping = clipping }
    }
  }

  /// Has the run go on with operands of products in other numbers.
  package func setPrecision(_ precision: Precision) throws {
    try performTogether { workbench in
      for live in workbench.live { live.model.precision = precision }
    }
  }

  /// Gives the run other batches from its next epoch on.
  package func setBatching(_ batching: Batching) {
    together { [board] in board.setBatching(batching) }
  }

  /// Has the run wait before its next step; requests are taken meanwhile.
  package func pause() { board.pause(atOnce: true) }

  /// Has the run wait before its next step, which is the current one where that is in its midst, without waiting for
  /// it; `isAtRest` tells when no step is in hand.
  package func requestPause() {
    board.pause(atOnce: true)
    thread.enqueue { [board] in board.rest() }
  }

  /// Whether no step is in hand since `requestPause`.
  package var isAtRest: Bool { board.isAtRest }

  /// Lets a run that is paused go on.
  package func resume() {
    board.resume()
    thread.queue.nudge()
  }

  /// Lets a run that is paused take so many steps, and waits for them or the run's end.
  package func takeSteps(_ count: Int) throws {
    // Process 0 decides on steps; the others have taken them with it.
    if let ranks, ranks.rank != 0 { return }
    let taken = Handover<Bool>()
    board.allow(steps: count) { taken.give(true) }
    thread.queue.nudge()
    _ = taken.take()
    try perform { _ in }
  }

  /// Whether the current run waits between two steps.
  package var isPaused: Bool { board.isPaused }
}
