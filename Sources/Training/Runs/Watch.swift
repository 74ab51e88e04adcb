/// What a run looks at after each epoch: to end where it gets no better, or to keep the weights of the best.
package struct Watch: Hashable, Sendable {
  /// A figure of an epoch.
  package enum Measure: String, CaseIterable, Hashable, Sendable {
    case trainLoss = "train.loss"
    case trainAccuracy = "train.accuracy"
    case testLoss = "test.loss"
    case testAccuracy = "test.accuracy"

    /// Whether it is measured on the test part.
    package var isOfTest: Bool { self == .testLoss || self == .testAccuracy }

    /// Whether it is a share of right answers, of which more is better.
    package var isAccuracy: Bool { self == .trainAccuracy || self == .testAccuracy }

    /// The figure of an epoch, where it has one.
    package func value(of epoch: EpochSummary) -> Double? {
      switch self {
      case .trainLoss: epoch.loss
      case .trainAccuracy: epoch.accuracy
      case .testLoss: epoch.testLoss
      case .testAccuracy: epoch.testAccuracy
      }
    }
  }

  package var measure: Measure

  /// Epochs without a better one after which the run ends, as Keras' `EarlyStopping`; nothing where it does not.
  package var patience: Int?

  /// Whether the weights of the best epoch are put back at the end.
  package var restores: Bool

  /// Something to look at.
  package init(_ measure: Measure, patience: Int? = nil, restores: Bool = false) {
    self.measure = measure
    self.patience = patience
    self.restores = restores
  }
}

/// The best epoch of a run.
package struct BestEpoch: Hashable, Sendable {
  package var measure: Watch.Measure
  package var value: Double

  /// Counted from 1 within the run.
  package var epoch: Int

  /// Whether the network has its weights again.
  package var isRestored = false

  /// The best figure and the epoch that had it.
  package init(measure: Watch.Measure, value: Double, epoch: Int) {
    (self.measure, self.value, self.epoch) = (measure, value, epoch)
  }
}
