import Training

/// The curves of the runs that are over.
///
/// Once there are very many, the older ones of each network become one, so that a loop of short runs takes no
/// more than a long run.
struct RunTraces {
  /// The runs in their order, older ones joined.
  private(set) var all: [RunTrace] = []

  /// How many runs there were.
  private(set) var count = 0

  /// Runs that are kept each; twice as many before older ones are joined.
  static let most = 500

  /// Adds the run that comes next.
  ///
  /// - Parameter isPresent: whether a network is still there; where there are too many networks, the curves of
  ///   those that are gone go first.
  mutating func append(_ run: RunTrace, isPresent: (String) -> Bool) {
    all.append(run)
    count += 1
    if all.count >= 2 * Self.most { join(isPresent) }
  }

  /// Gives the networks of the runs from a number on other names, as those need that learned aside.
  mutating func rename(from number: Int, _ name: (String) -> String) {
    for index in all.indices where all[index].number >= number {
      all[index].network = name(all[index].network)
    }
  }

  private mutating func join(_ isPresent: (String) -> Bool) {
    var joined: [String: RunTrace] = [:]
    for run in all.dropLast(Self.most) {
      joined[run.network] = joined[run.network]?.joined(with: run) ?? run
    }
    if joined.count > Self.most { joined = joined.filter { isPresent($0.key) } }
    all = joined.values.sorted { $0.number < $1.number } + all.suffix(Self.most)
  }
}

extension RunTrace {
  /// This run and a later one of the same network as one, whose number is that of the later.
  fileprivate consuming func joined(with later: RunTrace) -> RunTrace {
    let begun = later.record.firstStep - record.firstStep
    if begun < 0 { return later }
    var (record, epochs) = (record, epochs)
    record.join(later.record)
    epochs.join(later.epochs, after: begun)
    var run = RunTrace(
      number: later.number, network: network, record: record, epochs: epochs)
    run.isWhole = false
    return run
  }
}
