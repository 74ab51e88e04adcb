import Networks

/// Takes the times of a training step's parts where it is asked for; the step computes the same.
package final class StepClock {
  private let start = ContinuousClock.now
  private var seconds: [BlockID: Double] = [:]
  private var leftOut = Duration.zero

  /// A clock for one step, which begins now.
  package init() {}

  /// Adds the time since an instant to a block.
  func add(since instant: ContinuousClock.Instant, to block: BlockID) {
    seconds[block, default: 0] += instant.duration(to: .now) / .seconds(1)
  }

  /// Leaves out a time in which others had the thread.
  package func leaveOut(_ duration: Duration) { leftOut += duration }

  /// The parts of the time from the beginning until now that steps of a network's blocks have taken.
  package func shares(of network: Network) -> [BlockID: Double] {
    let whole = (start.duration(to: .now) - leftOut) / .seconds(1)
    if whole <= 0 { return [:] }
    return seconds.filter { network.facts[$0.key] != nil }.mapValues { $0 / whole }
  }
}
