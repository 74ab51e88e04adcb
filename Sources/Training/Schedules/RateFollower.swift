/// The learning rate of a network in a run, step by step; it is worked out only where it may have changed.
struct RateFollower {
  private(set) var plan: RatePlan
  private(set) var position: RatePosition
  private(set) var rate: Double
  private var length = RunLength(steps: 1, epochs: 1)

  init(_ plan: RatePlan, from start: RatePosition = RatePosition()) {
    self.plan = plan
    position = start
    rate = plan.base
  }

  /// Says how long the run is going to be from its beginning.
  mutating func plan(_ length: RunLength) {
    self.length = length
    find()
  }

  /// Goes on with another plan; what plateau has seen is forgotten.
  mutating func change(_ plan: RatePlan) {
    self.plan = plan
    position.plateau = PlateauMemory()
    find()
  }

  /// Goes on behind a step.
  mutating func passStep() {
    position.steps += 1
    if plan.schedule.unit == .steps, !plan.schedule.isConstant { find() }
  }

  /// Goes on behind an epoch with these losses.
  mutating func passEpoch(loss: Double, testLoss: Double?) {
    position.epochs += 1
    if case .plateau(let plateau) = plan.schedule.curve {
      if let seen = plateau.looksAtTest ? testLoss : loss {
        position.plateau.look(at: seen, plateau, base: plan.base, floor: plan.schedule.floor)
      }
    }
    if !plan.schedule.isConstant { find() }
  }

  private mutating func find() { rate = plan.rate(at: position, of: length) }
}
