import Sessions

/// Which epochs of a run have a line where there is no bar.
///
/// A run of up to twenty epochs has a line for each, a longer one twenty and the last; of the others one a second
/// has a line.
struct EpochLines {
  private var lastTold: ContinuousClock.Instant?

  /// The epoch that was told last, and those after it that were not, one for each network.
  private var told = 0
  private var untold: [EpochSummary] = []

  /// The epochs to be told when another one is over, those of all networks alike.
  mutating func lines(for epoch: EpochSummary, at now: ContinuousClock.Instant) -> [EpochSummary] {
    if epoch.epoch < told || epoch.epoch < (untold.first?.epoch ?? 0) { self = EpochLines() }
    if epoch.epoch == told { return [epoch] }
    let isDue = lastTold.map { now - $0 >= .seconds(1) } ?? true
    guard isDue || Self.hasLine(epoch.epoch, of: epoch.epochs) else {
      if let first = untold.first, first.epoch != epoch.epoch { untold = [] }
      untold.append(epoch)
      return []
    }
    (lastTold, told, untold) = (now, epoch.epoch, [])
    return [epoch]
  }

  /// The last epoch of a run that is over, where it was not told.
  mutating func rest() -> [EpochSummary] {
    defer { self = EpochLines() }
    return untold
  }

  /// Whether an epoch has a line however fast it was.
  private static func hasLine(_ number: Int, of count: Int?) -> Bool {
    if number <= 20 && count ?? 0 <= 20 || number == 1 || number == count { return true }
    if let count { return number % ((count + 19) / 20) == 0 }
    var stride = 1
    while number / stride > 20 { stride *= 10 }
    return number % stride == 0
  }
}
