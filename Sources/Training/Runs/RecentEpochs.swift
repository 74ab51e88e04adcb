/// The latest epochs of a run in the order in which they came, for those who say each of them once.
struct RecentEpochs: Sendable {
  private var latest: [EpochSummary] = []

  /// The number of the first that is here; the run's first is 0.
  private var first = 0

  /// Epochs that are here at least, once there were so many.
  static let most = 1 << 14

  /// How many there were.
  var count: Int { first + latest.count }

  /// Adds an epoch.
  mutating func append(_ epoch: EpochSummary) {
    latest.append(epoch)
    if latest.count < 2 * Self.most { return }
    latest.removeFirst(Self.most)
    first += Self.most
  }

  /// Those from a number on, as far as they are here.
  func news(from index: Int) -> EpochNews {
    let start = Swift.min(Swift.max(index, first), count)
    return EpochNews(first: start, epochs: Array(latest[(start - first)...]))
  }
}

/// Epochs that somebody has not seen yet.
package struct EpochNews: Sendable {
  /// The number of the first of them; the run's first epoch has 0.
  package let first: Int
  package let epochs: [EpochSummary]

  /// The number that the next epoch will have.
  package var end: Int { first + epochs.count }

  /// Epochs from a number on.
  package init(first: Int, epochs: [EpochSummary]) {
    self.first = first
    self.epochs = epochs
  }
}
