/// How examples come together in steps and updates.
package struct Batching: Hashable, Sendable {
  /// Examples in one step.
  package var size: Int

  /// Steps in one update.
  package var accumulation: Int

  /// The alpha of Beta(alpha, alpha), by which examples of a batch are mixed; 0 where they are not.
  package var mixup: Double

  /// So many examples a step, and whatever else there is to say.
  package init(size: Int = 32, accumulation: Int = 1, mixup: Double = 0) {
    self.size = size
    self.accumulation = accumulation
    self.mixup = mixup
  }
}
