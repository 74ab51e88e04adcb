/// The rates of a run: the one that was asked for, and what becomes of it.
package struct RatePlan: Hashable, Sendable {
  package var base: Double
  package var schedule: Schedule

  /// A rate and its schedule.
  package init(_ base: Double, _ schedule: Schedule = .constant) {
    self.base = base
    self.schedule = schedule
  }

  /// What stands on a curve where it begins.
  var mark: String {
    schedule.isConstant ? "lr \(base)" : "lr \(base) \(schedule.curve.name)"
  }

  /// The rate at a position of a run of a length.
  package func rate(at position: RatePosition, of length: RunLength) -> Double {
    switch schedule.unit {
    case .epochs:
      schedule.rate(
        base: base, at: position.epochs, of: length.epochs, share: position.plateau.share)
    case .steps:
      schedule.rate(base: base, at: position.steps, of: length.steps, share: position.plateau.share)
    }
  }
}

/// How long a run is going to be, whichever it was measured in.
package struct RunLength: Hashable, Sendable {
  package var steps: Int
  package var epochs: Int

  /// A length in both measures.
  package init(steps: Int, epochs: Int) {
    self.steps = steps
    self.epochs = epochs
  }
}
