import Networks

/// Steps that are going to be taken.
extension Model {
  /// Compiles the plan of a training step before the first one, so that one that cannot be had is refused before.
  ///
  /// - Parameter isShared: Whether other processes take the step, too.
  /// - Returns: The bytes that the plan takes once it runs; 0 where it is there already.
  /// - Throws: `EngineError` where the network cannot learn so; where memory is short, with a batch that would do.
  package func prepareStep(batch: Int, mixes: Bool, isShared: Bool = false) throws(EngineError)
    -> Int
  {
    let options = stepOptions(batch: batch, mixes: mixes, isShared: isShared)
    if hasPlan(options) { return 0 }
    return try plan(options).arenaBytes
  }

  /// About the bytes that the plan of a training step takes, without oneDNN.
  ///
  /// - Throws: `EngineError` where the network cannot learn so, or a value is larger than memory.
  package func stepBytes(batch: Int, mixes: Bool) throws(EngineError) -> Int {
    var options = stepOptions(batch: batch, mixes: mixes)
    options.allowsLibrary = false
    let draft = try PlanDraft(network, slabs: slabs, options: options, seed: seed)
    return AvailableMemory.bytes(draft.floats, 4)
  }

  /// The options of a training step.
  func stepOptions(batch: Int, mixes: Bool, isShared: Bool = false) -> PlanOptions {
    var options = options(batch: batch, mode: .training, leavesStatistics: false)
    options.mixes = mixes
    options.sharesStatistics = isShared && network.sharesStatistics
    return options
  }

  /// Channels of the statistics that a step sums over all processes, as a process without examples has to know them.
  ///
  /// - Throws: `EngineError` where the network cannot learn so.
  func exchanges() throws(EngineError) -> (forward: [Int], backward: [Int]) {
    if let knownExchanges { return knownExchanges }
    var channels: (forward: [Int], backward: [Int]) = ([], [])
    if network.sharesStatistics {
      let draft = try PlanDraft(
        network, slabs: slabs, options: stepOptions(batch: 2, mixes: false, isShared: true),
        seed: seed, onPaper: true)
      let (steps, count) = (draft.builder.steps, draft.builder.forwardCount)
      channels.forward = steps[..<count].compactMap { $0.exchange?.channels }
      channels.backward = steps[count...].compactMap { $0.exchange?.channels }
    }
    knownExchanges = channels
    return channels
  }
}
