/// Where a run stands in its examples, between two steps; the same for all its networks.
package struct RunPlace: Hashable, Sendable {
  /// The number of the epoch, which decides the order of its examples.
  package var epoch = 0

  /// The batch of that epoch that comes next.
  package var batch = 0

  /// How examples come together in that epoch.
  package var batching = Batching()

  /// Steps and whole epochs of the run so far.
  package var steps = 0
  package var epochs = 0

  /// Steps that its first network had taken before.
  package var firstStep = 0

  /// The beginning.
  package init() {}

  /// Goes on behind a step.
  mutating func passStep() {
    steps += 1
    batch += 1
  }

  /// Goes on behind an epoch, of which the run may have taken a part only.
  mutating func passEpoch(isWhole: Bool) {
    if isWhole { epochs += 1 }
    epoch += 1
    batch = 0
  }
}
