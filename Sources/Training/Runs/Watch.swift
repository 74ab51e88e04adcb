/// What a run looks at after each epoch: to end where it gets no better, or to keep the weights of the best.
package struct Watch: Hashable, Sendable {
  /// A figure of an epoch, as `test.loss` is typed.
  package enum Measure: Hashable, Sendable {
    case loss(DataPart)
    case accuracy(DataPart)

    /// Any other, which is measured after the epoch.
    case metric(Metric, DataPart)
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

extension Watch.Measure: RawRepresentable {
  /// Those that every epoch has where its targets have them.
  package static let usual: [Watch.Measure] = DataPart.allCases.flatMap {
    [.loss($0), .accuracy($0)]
  }

  /// All of them.
  package static let all =
    usual
    + DataPart.allCases.flatMap { part in
      Metric.allCases.map { Watch.Measure.metric($0, part) }
    }

  /// The figure of a part and a name with a dot between them.
  package init?(rawValue: String) {
    guard let found = Self.all.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = found
  }

  /// As it is typed.
  package var rawValue: String { "\(part.rawValue).\(name)" }

  private var name: String {
    switch self {
    case .loss: "loss"
    case .accuracy: "accuracy"
    case .metric(let metric, _): metric.rawValue
    }
  }

  /// The part that it is measured on.
  package var part: DataPart {
    switch self {
    case .loss(let part), .accuracy(let part), .metric(_, let part): part
    }
  }

  /// The metric that has to be measured for it, or nothing.
  package var metric: Metric? {
    switch self {
    case .loss, .accuracy: nil
    case .metric(let metric, _): metric
    }
  }

  /// Whether more of it is better.
  package var prefersMore: Bool {
    switch self {
    case .loss: false
    case .accuracy: true
    case .metric(let metric, _): metric.prefersMore
    }
  }

  /// Whether it is read in per cent.
  package var isShare: Bool {
    switch self {
    case .loss: false
    case .accuracy: true
    case .metric(let metric, _): metric.isShare
    }
  }

  /// The figure of an epoch and of what was measured after it, where there is one.
  package func value(of epoch: EpochSummary, _ metrics: [DataPart: Metrics] = [:]) -> Double? {
    switch self {
    case .loss(.train): epoch.loss
    case .loss(.test): epoch.testLoss
    case .accuracy(.train): epoch.accuracy
    case .accuracy(.test): epoch.testAccuracy
    case .metric(let metric, let part): metrics[part]?.value(of: metric)
    }
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
