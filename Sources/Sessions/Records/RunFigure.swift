import Records

/// A figure of a run by which runs are sorted and asked for.
enum RunFigure: String, CaseIterable {
  case run
  case loss
  case accuracy
  case test
  case time
  case steps
  case epochs
  case params

  /// The value in a run; nothing where it has none.
  func value(of run: RunRecord) -> Double? {
    switch self {
    case .run: run.id.map(Double.init)
    case .loss: run.loss
    case .accuracy: run.accuracy
    case .test: run.testAccuracy ?? run.testLoss
    case .time: run.seconds
    case .steps: Double(run.steps)
    case .epochs: Double(run.epochs)
    case .params: Double(run.parameters)
    }
  }

  /// Whether the greatest value stands first in runs that are sorted.
  private func isBestGreatest(among runs: [RunRecord]) -> Bool {
    switch self {
    case .accuracy: true
    case .test: runs.contains { $0.testAccuracy != nil }
    case .run, .loss, .time, .steps, .epochs, .params: false
    }
  }

  /// Runs by the figure, the best first; those without it last.
  func sorted(_ runs: [RunRecord]) -> [RunRecord] {
    let isGreatest = isBestGreatest(among: runs)
    return runs.sorted { left, right in
      switch (value(of: left), value(of: right)) {
      case (let a?, let b?) where a != b: a.isNaN ? false : b.isNaN || (isGreatest ? a > b : a < b)
      case (nil, _?): false
      case (_?, nil): true
      default: (left.id ?? 0) < (right.id ?? 0)
      }
    }
  }
}
