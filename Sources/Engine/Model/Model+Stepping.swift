import Networks

/// A step of training whose gradients are known and which no weight follows yet.
package struct ComputedStep: Sendable {
  package let result: StepResult

  /// Threads that its plan's work is made for.
  let threads: Int
}

/// Steps that a model takes by itself.
extension Model {
  /// Trains on some examples: forward, backward, update.
  ///
  /// A loss that is no number is reported and nothing is updated, so that `firstNonFinite` can say where it
  /// came from.
  ///
  /// - Parameters:
  ///   - mixing: The share that each example keeps where it is mixed with the one as far from the batch's end as it
  ///     is from its start (Zhang et al. 2018).
  ///   - updates: Whether weights follow; otherwise the gradients are kept for the next step that does.
  ///   - clock: Takes the times of the step's parts; without one there is no clock between them.
  /// - Throws: `EngineError` where examples or loss do not fit the network, or memory is short; `interrupted` where
  ///   the signal of `Interruption` asks for an end before weights follow. Then nothing has changed.
  package func step(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, learningRate: Double? = nil,
    mixing: Double? = nil, updates: Bool = true, clock: StepClock? = nil
  ) throws(EngineError) -> StepResult {
    let computed = try compute(examples, rows: rows, mixing: mixing, clock: clock)
    try follow(computed, learningRate: learningRate, updates: updates)
    return computed.result
  }

  /// Trains on all examples at once.
  package func step(_ examples: Examples, learningRate: Double? = nil) throws(EngineError)
    -> StepResult
  {
    try step(examples, rows: 0..<examples.count, learningRate: learningRate)
  }

  /// Forward and backward of a step, which `follow` or `takeBack` ends.
  ///
  /// - Parameters:
  ///   - mixing: As for `step`.
  ///   - clock: As for `step`.
  /// - Throws: As `step`; then there is nothing to take back.
  package func compute(
    _ examples: Examples, rows: some RandomAccessCollection<Int>, mixing: Double? = nil,
    clock: StepClock? = nil
  ) throws(EngineError) -> ComputedStep {
    let plan = try load(examples, rows: rows, mode: .training, mixing: mixing)
    slabs.keepRunning()
    gradientsAreCut = true
    do throws(EngineError) {
      try plan.forward(version: version, step: steps, clock: clock)
      lastTraining = plan
      let result = result(of: plan)
      if result.isFinite { try plan.backward(clock: clock) } else { slabs.restoreRunning() }
      gradientsAreCut = false
      return ComputedStep(result: result, threads: plan.threads)
    } catch {
      slabs.restoreRunning()
      throw error
    }
  }

  /// Has weights follow the gradients of a step that was computed, or keeps these; nothing where its loss is no number.
  ///
  /// - Throws: `EngineError.memory`.
  package func follow(_ computed: ComputedStep, learningRate: Double?, updates: Bool)
    throws(EngineError)
  {
    if let learningRate { optimizer.learningRate = learningRate }
    guard computed.result.isFinite else { return }
    try follow(threads: computed.threads, updates: updates)
    steps += 1
    noteUpdate()
  }

  /// Forgets a step that was computed.
  package func takeBack() {
    slabs.restoreRunning()
    gradientsAreCut = true
    if gathered?.count == 0 { gathered = nil }
  }
}
