import Networks

/// Losses that are measured in training mode without learning.
extension Model {
  /// Computes the loss of some examples as a training step does, with the batch's statistics, and changes
  /// nothing.
  package func trainingLoss(_ examples: Examples, rows: some RandomAccessCollection<Int>)
    throws(EngineError) -> StepResult
  {
    var options = options(batch: rows.count, mode: .training, leavesStatistics: true)
    options.isTrial = true
    let plan = try load(examples, rows: rows, options)
    try plan.forward(version: version, step: steps)
    return result(of: plan)
  }
}

extension Network {
  /// On how many of the examples of a batch it is tried out what an edit does to the loss: on all, unless they take
  /// more than some milliseconds; else on a power of two of them.
  ///
  /// It depends on network and batch alone, so that figures are the same on every machine.
  package func trialCount(of batch: Int) -> Int {
    let most = Self.trialWork / max(multiplyAdds, 1)
    if batch <= max(most, Self.fewestTried) { return batch }
    if most <= Self.fewestTried { return Self.fewestTried }
    return 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount)
  }

  /// Multiply-adds that a trial may take, and examples that it has whatever they take.
  private static let (trialWork, fewestTried) = (400_000_000, 4)
}
