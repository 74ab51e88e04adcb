import Engine
import Networks

/// Sees to it that the first step of a run can be had before any network takes one.
struct StepPreparation {
  let models: [Model]

  /// Examples in a step, and whether they are mixed.
  let batch: Int
  let mixes: Bool

  /// Whether other processes take the steps, too.
  var isShared = false

  /// Bytes that all plans together may take.
  ///
  /// Pages of plans that have not run yet are still counted as free.
  var available = AvailableMemory.bytesAvailable - AvailableMemory.reserve

  /// Has every network compile its plan, and refuses those that can be had one by one but not together.
  ///
  /// - Throws: `EngineError`; where memory is short, with a batch that would do.
  func prepare() throws(EngineError) {
    var needed = 0
    for model in models {
      let bytes = try model.prepareStep(batch: batch, mixes: mixes, isShared: isShared)
      let (sum, overflows) = needed.addingReportingOverflow(bytes)
      needed = overflows ? .max : sum
    }
    if models.count < 2 || needed <= available { return }
    throw .memory(needed: needed, available: available, batch: fittingBatch())
  }

  /// The largest power of two of which all plans together fit.
  private func fittingBatch() -> Int? {
    var size = batch
    while size > 1 {
      size = 1 << (Int.bitWidth - 1 - (size - 1).leadingZeroBitCount)
      var left = available
      for model in models {
        guard let taken = try? model.stepBytes(batch: size, mixes: mixes) else { return nil }
        left = taken > left ? -1 : left - taken
        if left < 0 { break }
      }
      if left >= 0 { return size }
    }
    return nil
  }
}
