/// What a run measured on its way.
package struct RunCurve: Hashable, Sendable {
  /// Losses and accuracies at a step.
  package struct Point: Hashable, Sendable {
    /// Steps since the run began.
    package var step: Int

    /// The epoch that ended there, counted from 1; nothing within one.
    package var epoch: Int?
    package var loss: Double?
    package var accuracy: Double?
    package var testLoss: Double?
    package var testAccuracy: Double?

    /// A point at a step.
    package init(
      step: Int, epoch: Int? = nil, loss: Double? = nil, accuracy: Double? = nil,
      testLoss: Double? = nil, testAccuracy: Double? = nil
    ) {
      self.step = step
      self.epoch = epoch
      self.loss = loss
      self.accuracy = accuracy
      self.testLoss = testLoss
      self.testAccuracy = testAccuracy
    }
  }

  /// In the order of their steps.
  package var points: [Point]

  /// A curve of points.
  package init(points: [Point] = []) { self.points = points }
}
