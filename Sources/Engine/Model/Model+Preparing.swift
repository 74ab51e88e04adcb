import Networks

/// Steps that are going to be taken.
extension Model {
  /// Compiles the plan of a training step before the first one, so that one that cannot be had is refused before.
  ///
  /// - Returns: The bytes that the plan takes once it runs; 0 where it is there already.
  /// - Throws: `EngineError` where the network cannot learn so; where memory is short, with a batch that would do.
  package func prepareStep(batch: Int, mixes: Bool) throws(EngineError) -> Int {
    let options = stepOptions(batch: batch, mixes: mixes)
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

  private func stepOptions(batch: Int, mixes: Bool) -> PlanOptions {
    var options = options(batch: batch, mode: .training, leavesStatistics: false)
    options.mixes = mixes
    return options
  }
}
