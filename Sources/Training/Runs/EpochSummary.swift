/// What a finished epoch came to.
package struct EpochSummary: Sendable, Hashable {
  package var network: String

  /// Counted from 1, and how many there will be, where that is known.
  package var epoch: Int
  package var epochs: Int?

  /// Steps done in this run when the epoch ended.
  package var step: Int

  /// Means over the epoch's training examples.
  package var loss: Double
  package var accuracy: Double?

  /// Measured after the epoch on the test part, where there is one.
  package var testLoss: Double?
  package var testAccuracy: Double?

  package var samplesPerSecond: Double

  /// Whether other networks learned beside it.
  package var isOneOfSeveral = false

  /// The figures of one epoch.
  package init(
    network: String, epoch: Int, epochs: Int? = nil, step: Int, loss: Double,
    accuracy: Double? = nil, testLoss: Double? = nil, testAccuracy: Double? = nil,
    samplesPerSecond: Double
  ) {
    self.network = network
    self.epoch = epoch
    self.epochs = epochs
    self.step = step
    self.loss = loss
    self.accuracy = accuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
    self.samplesPerSecond = samplesPerSecond
  }
}
