import Engine
import Synchronization

/// Hands over copies of a network while it learns, every so many epochs or after some time.
package final class Checkpointing: Sendable {
  /// When it is time for one.
  package enum Interval: Hashable, Sendable {
    case epochs(Int)
    case minutes(Double)
  }

  private let interval: Interval
  private let take: @Sendable (LearnedNetwork) -> Void
  private let last = Mutex(ContinuousClock.now)

  /// Hands copies to a function on the training thread, which waits for it.
  package init(every interval: Interval, _ take: @escaping @Sendable (LearnedNetwork) -> Void) {
    self.interval = interval
    self.take = take
  }

  /// Hands over a copy where it is time; where there is no memory for one, the next time comes.
  ///
  /// - Parameter isEpoch: Whether an epoch is over, not a step.
  func look(at lane: TrainingLane, _ place: RunPlace, isEpoch: Bool) {
    switch interval {
    case .epochs(let count): if !isEpoch || lane.finishedEpochs % max(count, 1) != 0 { return }
    case .minutes(let minutes):
      let isTime = last.withLock { last in
        if last.duration(to: .now) < .seconds(minutes * 60) { return false }
        last = .now
        return true
      }
      if !isTime { return }
    }
    if let copy = try? lane.copy(at: place) { take(copy) }
  }
}
