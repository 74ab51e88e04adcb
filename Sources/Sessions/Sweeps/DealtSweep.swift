import Engine
import Language
import Networks
import Records
import Training

/// A sweep whose runs several processes take turns with; each has one, and process 0 gathers what the runs come to.
final class DealtSweep {
  let ranks: any Ranks
  var deal: SweepDeal

  /// What is known of runs that are over, those of this process and, on process 0, of the others.
  private(set) var outcomes: [SweepPlace: SweepOutcome] = [:]

  /// A pass that another process takes, as it looks from here.
  struct LeftPass {
    let pass: Int
    let label: String

    /// The runs in the store that networks went on from, by their names.
    let parents: [String: Int64]
  }
  private(set) var left: [Int: LeftPass] = [:]

  /// The passes of the processes that tell of them, as far as they have come, and whether they are through.
  private var reached: [Int]
  private var isThrough: [Bool]

  /// Why processes have ended their part early, by their numbers.
  private(set) var failures: [(rank: Int, reason: String)] = []

  /// Whether the others were told to end.
  private(set) var hasToldStop = false

  /// The next pass whose runs are to be put into the store.
  private(set) var nextKept = 0

  /// The run at hand.
  private var open: (place: SweepPlace, lanes: [String: SweepOutcome.Lane])?

  /// Which run of the sweep left weights, by their version.
  private var ends: [UInt64: SweepPlace] = [:]

  init(_ ranks: any Ranks) {
    self.ranks = ranks
    deal = SweepDeal(rank: ranks.rank, of: ranks.count)
    reached = Array(repeating: -1, count: ranks.count)
    isThrough = Array(repeating: false, count: ranks.count)
  }

  var isFollower: Bool { ranks.rank != 0 }

  // MARK: The own passes

  /// Notes a pass that another process takes.
  func leave(_ pass: LeftPass) { left[pass.pass] = pass }

  /// Whether this process shall end its part.
  var shallEnd: Bool {
    ranks.isLost || ranks.hasLetter(isFollower ? .stop : .failure)
  }

  /// Notes that networks begin to learn; the number of the run.
  func begin(_ requests: [RunRequest], _ records: [RunRecord]) -> SweepPlace {
    let place = deal.beginRun()
    var lanes: [String: SweepOutcome.Lane] = [:]
    for (request, record) in zip(requests, records) {
      var lane = SweepOutcome.Lane(record: record, curve: RunCurve())
      lane.parent = ends[request.learned.version]
      lanes[request.name] = lane
    }
    open = (place, lanes)
    return place
  }

  /// Notes what networks have come to, and tells process 0.
  ///
  /// - Throws: `RankFault`.
  func end(
    _ results: [RunResult], _ traces: [RunTrace], _ runs: [String: SweepRun], _ log: SweepLog,
    lines: [String], in state: SessionState
  ) throws(RankFault) {
    guard let (place, lanes) = open else { return }
    open = nil
    var outcome = SweepOutcome(
      place: place, names: log.names, seeds: log.seeds.sorted(), lines: lines, lanes: [])
    for result in results {
      guard var lane = lanes[result.name] else { continue }
      let trace = traces.last { $0.network == result.name }
      lane.run = runs[result.name]
      lane.record.note(result, trace)
      lane.curve = trace.map(RunCurve.init) ?? RunCurve()
      outcome.lanes.append(lane)
      if let version = state.networks[result.name]?.weights.version { ends[version] = place }
    }
    outcomes[place] = outcome
    if isFollower { try ranks.send(outcome.bytes, as: .outcome, to: 0) }
  }

  /// Tells process 0 that the own part is over, and why early where it is.
  ///
  /// - Throws: `RankFault`.
  func tellEnd(_ failure: String?) throws(RankFault) {
    if let failure { try ranks.send(Array(failure.utf8), as: .failure, to: 0) }
    try ranks.send([], as: .outcome, to: 0)
  }

  // MARK: What process 0 gathers

  /// Tells the others to end, once.
  ///
  /// - Throws: `RankFault`.
  func tellStop() throws(RankFault) {
    if hasToldStop { return }
    hasToldStop = true
    for rank in 1..<ranks.count { try ranks.send([], as: .stop, to: rank) }
  }

  /// Takes what others have told; the runs that are over since.
  ///
  /// - Throws: `RankFault`.
  func take(_ letters: [(from: Int, bytes: [UInt8])]) throws(RankFault)
    -> [(rank: Int, outcome: SweepOutcome)]
  {
    var fresh: [(rank: Int, outcome: SweepOutcome)] = []
    for (rank, bytes) in letters {
      if bytes.isEmpty {
        isThrough[rank] = true
        continue
      }
      guard let outcome = try? SweepOutcome(bytes) else { throw .apart(rank: rank) }
      outcomes[outcome.place] = outcome
      reached[rank] = max(reached[rank], outcome.place.pass)
      fresh.append((rank, outcome))
    }
    return fresh
  }

  /// Takes why others have ended early.
  ///
  /// - Throws: `RankFault`.
  func takeFailures() throws(RankFault) {
    while let (rank, bytes) = try ranks.letter(.failure) {
      failures.append((rank, String(decoding: bytes, as: UTF8.self)))
    }
  }

  /// Whether all others are through.
  var isOver: Bool { isThrough.dropFirst().allSatisfy { $0 } }

  /// The passes whose runs are all known and behind no others, each once, to be put into the store in their order.
  func completePasses(isEnd: Bool) -> [Int] {
    var passes: [Int] = []
    while nextKept < deal.dealt {
      let owner = nextKept % ranks.count
      let isComplete =
        owner == ranks.rank
        ? deal.pass != nextKept : isThrough[owner] || reached[owner] > nextKept
      guard isComplete || isEnd else { break }
      passes.append(nextKept)
      nextKept += 1
    }
    return passes
  }

  /// The runs of a pass in their order.
  func outcomes(ofPass pass: Int) -> [SweepOutcome] {
    outcomes.values.filter { $0.place.pass == pass }.sorted { $0.place < $1.place }
  }

  /// All runs in the order of the sweep.
  var sorted: [SweepOutcome] { outcomes.values.sorted { $0.place < $1.place } }

  /// Gives the runs of an outcome their numbers in the store.
  func number(_ place: SweepPlace, _ numbers: [Int64?]) {
    for (index, number) in numbers.enumerated() {
      outcomes[place]?.lanes[index].run?.number = number
      outcomes[place]?.lanes[index].record.id = number
    }
  }

  /// The number in the store of a network's run.
  func number(of place: SweepPlace, _ network: String) -> Int64? {
    outcomes[place]?.lanes.first { $0.record.network == network }?.record.id
  }

  /// The passes of others of which no run is known, by their numbers.
  var missing: [LeftPass] {
    let known = Set(outcomes.keys.map(\.pass))
    return left.values.filter { !known.contains($0.pass) }.sorted { $0.pass < $1.pass }
  }
}
