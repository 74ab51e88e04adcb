import Interchange
import Language
import Networks
import Records
import Training

/// Notes each run of a session in the store of runs, when it begins and when it ends.
///
/// What cannot be kept is said once; runs go on.
final class RunRecorder {
  let store: RunStore

  /// The runs that go on, by the names of their networks.
  private var open: [String: RunRecord] = [:]

  /// Which run left weights, by their version, and the architecture that they belong to.
  private var ends: [UInt64: (run: Int64, stamp: Int)] = [:]
  private var complaints: Set<String> = []

  /// The numbers of the runs that have just ended, by the names of their networks.
  private(set) var numbers: [String: Int64] = [:]

  /// A tag that runs get which begin now.
  var tag: String?

  /// The runs that are repeated in their order, by the names of the networks that repeat them.
  private var repeated: [String: [RunRecord]] = [:]

  init(_ store: RunStore) { self.store = store }

  /// Notes that a run begins; says what is to be said of that.
  func begin(
    _ run: OngoingRun, _ requests: [RunRequest], of command: String, in state: SessionState
  ) -> [StyledText] {
    var records = Self.records(run, requests, of: command) { name in
      state.networks[name].flatMap { number(of: $0) }
    }
    for index in records.indices { records[index].tags = tag.map { [$0] } ?? [] }
    open = Dictionary(zip(requests.map(\.name), records), uniquingKeysWith: { first, _ in first })
    return keeping { () throws(StoreProblem) in
      for record in try store.begin(records) { open[record.network] = record }
    }
  }

  /// The records of a run that begins.
  ///
  /// - Parameter parent: The run whose last weights a network begins with.
  static func records(
    _ run: OngoingRun, _ requests: [RunRequest], of command: String, parent: (String) -> Int64?
  ) -> [RunRecord] {
    let fingerprint = run.origin.fingerprint.text
    return requests.map { request in
      let parent = parent(request.name)
      return RunRecord(
        command: command, network: request.name,
        settings: RecipeText.lines(of: request.recipe).joined(separator: "\n"),
        data: run.origin.dataCommands.joined(separator: "\n"), dataName: request.data.name,
        fingerprint: fingerprint, blocks: RunTexts.blocks(of: request.network),
        drawing: parent == nil ? RunTexts.drawing(request) : nil, parent: parent,
        parameters: request.network.learnableCount, began: Machine.time,
        version: ProgramVersion.text, machine: Machine.name, folder: Machine.folder)
    }
  }

  /// The run that has left a network as it is, by its number.
  func number(of known: NetworkState) -> Int64? {
    ends[known.weights.version].flatMap { $0.stamp == known.stamp ? $0.run : nil }
  }

  /// Notes which run has left a network as it is.
  func note(_ known: NetworkState, isOf run: Int64) {
    if ends.count >= Self.mostEnds { ends = [:] }
    ends[known.weights.version] = (run, known.stamp)
  }

  /// Puts the networks of a run into the store that is over; their numbers, and what is to be said of that.
  func keep(_ records: [(record: RunRecord, curve: RunCurve)]) -> ([Int64?], [StyledText]) {
    var numbers: [Int64?] = Array(repeating: nil, count: records.count)
    let lines = keeping { () throws(StoreProblem) in
      for (index, begun) in try store.begin(records.map(\.record)).enumerated() {
        numbers[index] = try store.finish(begun, records[index].curve)
      }
    }
    return (numbers, lines)
  }

  /// Notes what a run has come to; says how it stands to the run that it repeats.
  func end(_ results: [RunResult], _ traces: [RunTrace], in state: SessionState) -> [StyledText] {
    var lines: [StyledText] = []
    numbers = [:]
    for result in results {
      guard var record = open.removeValue(forKey: result.name) else { continue }
      let trace = traces.last { $0.network == result.name }
      record.note(result, trace)
      lines += keeping { () throws(StoreProblem) in
        record.id = try store.finish(record, trace.map(RunCurve.init) ?? RunCurve())
      }
      numbers[result.name] = record.id
      if let id = record.id, let known = state.networks[result.name] {
        note(known, isOf: id)
      }
      if let other = repeated[result.name]?.first {
        repeated[result.name]?.removeFirst()
        lines.append(record.comparison(with: other))
      }
    }
    return lines
  }

  /// Has the runs that these networks take next compared with others; with none where nothing is repeated.
  func expect(_ runs: [String: [RunRecord]]) { repeated = runs }

  /// A tag for the runs of a sweep, by a number that no other sweep in the store has.
  func freshSweepTag() -> String {
    let tags = ((try? store.all()) ?? []).flatMap(\.tags).filter { $0.hasPrefix("sweep") }
    let numbers = tags.compactMap { Int($0.dropFirst("sweep".count)) }.filter { $0 < 1_000_000_000 }
    return "sweep\((numbers.max() ?? 0) + 1)"
  }

  /// Ends that are remembered before all are forgotten.
  private static let mostEnds = 10_000

  /// Does work on the store; what refuses it is said once.
  private func keeping(_ work: () throws(StoreProblem) -> Void) -> [StyledText] {
    var lines: [StyledText] = []
    do { try work() } catch {
      if complaints.insert(error.message).inserted {
        lines.append(StyledText("runs are not kept: \(error.message) (\(store.path))", .warning))
      }
    }
    if let aside = store.takeDamaged() {
      lines.append(
        StyledText("the runs kept so far were damaged: they are in \(aside) now", .warning))
    }
    return lines
  }
}

extension RunRecord {
  /// Notes what a run has come to.
  mutating func note(_ result: RunResult, _ trace: RunTrace?) {
    ending =
      switch result.ending {
      case .finished: .finished
      case .conditionHolds: .until
      case .outOfPatience: .patience
      case .stopped: .stopped
      case .failed(.diverged): .diverged
      case .failed(.refused): .refused
      }
    (seconds, steps, epochs) = (result.seconds, result.steps, result.epochs.total)
    if let last = result.decidingEpoch {
      (loss, accuracy) = (last.loss, last.accuracy)
      (testLoss, testAccuracy) = (last.testLoss, last.testAccuracy)
    } else {
      loss = trace?.record.losses.last.map(Double.init)
    }
    weights = Digest.text(of: result.network, result.learned.parameters)
    changes = (trace?.record.marks ?? []).map { "step \($0.step): \($0.label)" }
      .joined(separator: "\n")
  }

  /// Whether the run has the weights of another, bit by bit, and what may be why where it has not.
  fileprivate func comparison(with other: RunRecord) -> StyledText {
    let name = "run \(other.id ?? 0)"
    guard other.ending != .open, other.weights != nil else {
      return StyledText("\(name) was not finished, so there is nothing to compare with", .dim)
    }
    if weights == other.weights { return StyledText("the weights of \(name), to the bit", .good) }
    var reasons: [String] = []
    if fingerprint != other.fingerprint { reasons.append("the data has other values now") }
    if steps != other.steps {
      reasons.append("\(Numbers.count(steps, "step")), not \(Numbers.grouped(other.steps))")
    }
    if version != other.version { reasons.append("it was made by version \(other.version)") }
    if machine != other.machine { reasons.append("it ran on \(other.machine)") }
    let why = reasons.isEmpty ? "" : ": " + reasons.joined(separator: "; ")
    return StyledText("other weights than those of \(name)\(why)", .warning)
  }
}

extension RunCurve {
  /// The curve of a trace: its epochs, and losses within them, which are means of equal stretches.
  init(_ trace: RunTrace) {
    let first = trace.record.firstStep
    let losses = trace.record.points(from: 0)
    let parts = min(losses.count, Self.mostLosses)
    var points = (0..<parts).map { part in
      let stretch = losses[part * losses.count / parts..<(part + 1) * losses.count / parts]
      let sum = stretch.reduce(0.0) { $0 + Double($1.loss) }
      return Point(
        step: (stretch.last?.step ?? first) - first + 1, loss: sum / Double(stretch.count))
    }
    points += trace.epochs.map { epoch in
      Point(
        step: epoch.step, epoch: epoch.epoch, loss: epoch.loss, accuracy: epoch.accuracy,
        testLoss: epoch.testLoss, testAccuracy: epoch.testAccuracy)
    }
    self.init(points: points.sorted { ($0.step, $0.epoch ?? 0) < ($1.step, $1.epoch ?? 0) })
  }

  /// Losses within epochs that are kept.
  private static let mostLosses = 400
}

extension StoreProblem {
  /// What is wrong, in a few words.
  var message: String {
    switch self {
    case .busy: "another program has the file locked"
    case .full: "there is no room on the disk"
    case .newer: "a newer version of the program made the file"
    case .other(let text): text
    }
  }
}

extension Session {
  /// Has the values of large texts kept below a folder, so that a text is read once.
  package func keepTexts(in folder: String) {
    storage.folder = Path.joining(folder, "data")
  }

  /// Has the runs of the session remembered in a folder, which is made when there is one.
  package func recordRuns(in folder: String) {
    recorder = RunRecorder(RunStore(path: Path.joining(folder, "runs.sqlite")))
  }
}
