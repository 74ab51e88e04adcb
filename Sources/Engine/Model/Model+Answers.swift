import Kernels
import Networks

/// What a model says of inputs and of itself.
extension Model {
  /// The network's outputs for some inputs, `[count, output…]`, in batches of `batch` or those of `answerBatch`, or of
  /// fewer examples where memory is short.
  package func predict(_ inputs: Tensor, batch: Int? = nil) throws(EngineError) -> Tensor {
    try predict(.memory(inputs), batch: batch)
  }

  /// The network's outputs for rows of inputs, `[count, output…]`, in batches as the other one.
  package func predict(_ inputs: InputRows, batch: Int? = nil) throws(EngineError) -> Tensor {
    let count = inputs.count
    try Arena.check(bytes: AvailableMemory.bytes(count, network.output.count, 4))
    var output = Tensor(shape: [count] + network.output.extents)
    var first = 0
    var batch = if let batch { max(batch, 1) } else { try answerBatch() }
    while first < count {
      let rows = first..<min(first + batch, count)
      let made = try EngineError.shrinking(&batch) { () throws(EngineError) -> Plan in
        try self.plan(batch: rows.count, mode: .inference)
      }
      guard let plan = made else { continue }
      try Batch(plan: plan).setInputs(inputs, rows: rows)
      // Targets are unknown; the loss that is computed along is not looked at.
      plan.clearTargets()
      try plan.forward(version: version, step: steps)
      let offset = first * network.output.count
      output.values.withUnsafeMutableBufferPointer { values in
        guard let base = values.baseAddress else { return }
        Batch(plan: plan).copyOutputs(to: base + offset)
      }
      first = rows.upperBound
    }
    return output
  }

  /// The steps of the training plan for a batch size, with the least times of several runs.
  ///
  /// Parameters and statistics stay as they are; the gradients are those of a batch of zeros.
  package func report(batch: Int, runs: Int = 20) throws(EngineError) -> PlanReport {
    let plan = try plan(batch: batch, mode: .training, leavesStatistics: true)
    plan.clearTargets()
    return PlanReport(
      lines: try plan.report(runs: runs), threads: plan.threads, arenaBytes: plan.arenaBytes,
      parameterBytes: slabs.bytes)
  }
}
