/// Seconds of steps that went by in talking to the other processes, as one of them has it.
package struct PeerTimes: Hashable, Sendable {
  /// Waiting for the sums of losses, and so for the slowest forward pass.
  package var losses = 0.0

  /// Waiting for the statistics of normalizations over all processes.
  package var statistics = 0.0

  /// Waiting for the sums of gradients once the backward pass is over.
  package var gradients = 0.0

  /// From the first gradients that were sent to the sums of all of them.
  package var flight = 0.0

  /// No step yet.
  package init() {}

  /// The share of the sums of gradients that went by while the backward pass went on; nothing without any.
  package var hidden: Double? { flight > 0 ? max(0, 1 - gradients / flight) : nil }

  /// All waiting.
  package var waiting: Double { losses + statistics + gradients }

  /// With those of another step.
  package func adding(_ other: PeerTimes) -> PeerTimes {
    var sum = self
    sum.losses += other.losses
    sum.statistics += other.statistics
    sum.gradients += other.gradients
    sum.flight += other.flight
    return sum
  }
}
