import Kernels
import Networks

/// From the gradients of a batch to other weights.
extension Model {
  /// Follows the gradients of the batch, or of all batches since the last update; or keeps them for a later one.
  ///
  /// - Throws: `EngineError.memory`.
  func follow(threads: Int, updates: Bool) throws(EngineError) {
    if !updates || gathered != nil { try gather() }
    if updates { try update(threads: threads) }
  }

  /// Follows the mean gradient of the batches since the last update, if there are any.
  ///
  /// - Throws: `EngineError.memory`.
  package func finishGathering() throws(EngineError) {
    if gathered != nil { try update(threads: 1) }
  }

  private func gather() throws(EngineError) {
    let sum: ParameterCopies
    if let gathered { sum = gathered } else { sum = try ParameterCopies(slabs.layout) }
    let work = CopyWork(
      x: slabs.gradients, factor: 1, accumulate: true, y: sum.values,
      count: slabs.layout.learnableCount)
    Instruction(.copy(work)).run()
    sum.count += 1
    gathered = sum
  }

  private func update(threads: Int) throws(EngineError) {
    try beginAverage()
    if let sum = gathered {
      let work = CopyWork(
        x: sum.values, factor: 1 / Float(sum.count), accumulate: false, y: slabs.gradients,
        count: slabs.layout.learnableCount)
      Instruction(.copy(work)).run()
      gathered = nil
    }
    if let clipping { groups.clip(slabs, clipping) }
    updateWeights(threads: threads)
    noteUpdate()
    followAverage()
  }

  /// Begins a moving average of the weights where the optimizer keeps one.
  ///
  /// - Throws: `EngineError.memory`.
  func beginAverage() throws(EngineError) {
    if optimizer.averaging > 0, average == nil { average = try slabs.copiedWeights() }
  }

  /// Has the moving average, where there is one, follow the weights.
  func followAverage() {
    guard let average else { return }
    average.count += 1
    let count = Double(average.count)
    let kept = min(optimizer.averaging, (1 + count) / (10 + count))
    let work = AverageWork(
      pass: .follow(share: Float(1 - kept)), average: average.values, x: slabs.weights,
      count: slabs.layout.learnableCount)
    Instruction(.average(work)).run()
  }

  /// Exchanges the weights with their moving average, where there is one; twice is as before.
  func swapAverage() {
    guard let average else { return }
    slabs.swapWeights(average)
    noteUpdate()
  }

  /// Does what asks about the moving average of the weights, or the weights where there is none.
  package func withAverage<Result>(_ body: () throws(EngineError) -> Result) throws(EngineError)
    -> Result
  {
    swapAverage()
    defer { swapAverage() }
    return try body()
  }

  /// Puts the moving average in the weights' place, where there is one.
  package func settleAverage() {
    swapAverage()
    average = nil
  }
}
