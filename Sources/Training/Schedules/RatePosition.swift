/// Where a run stands in its schedule: all that is needed to go on there.
package struct RatePosition: Hashable, Sendable {
  /// Steps and epochs of the run so far.
  package var steps = 0
  package var epochs = 0

  /// What plateau remembers.
  package var plateau = PlateauMemory()

  /// The beginning.
  package init() {}
}

/// What plateau remembers of the losses so far.
package struct PlateauMemory: Hashable, Sendable {
  /// What is left of the rate.
  package var share = 1.0

  /// The least loss so far, epochs since that were no better, and epochs that do not count yet.
  package var best = Double.infinity
  package var waits = 0
  package var cooldown = 0

  /// Nothing seen yet.
  package init() {}

  /// Takes in the loss of an epoch; the rate is smaller once it was no better for too long.
  package mutating func look(at loss: Double, _ plateau: Plateau, base: Double, floor: Double) {
    if loss < best * (1 - plateau.threshold) {
      best = loss
      waits = 0
    } else {
      waits += 1
    }
    if cooldown > 0 {
      cooldown -= 1
      waits = 0
    }
    guard waits > plateau.patience else { return }
    let smaller = max(base * share * plateau.factor, floor)
    if base * share - smaller > 1e-8 { share = smaller / base }
    cooldown = plateau.cooldown
    waits = 0
  }
}
