import Engine
import Language
import Networks
import Training

/// Sweeps whose runs several processes take turns with.
extension Session {
  /// Whether the runs of a sweep are dealt to processes.
  func deals(_ order: SweepOrder) -> Bool {
    together != nil && !options.checksOnly && order.body.hasIndependentPasses
  }

  /// What is said where they are not, though there are several.
  func undealtNote(_ order: SweepOrder) -> StyledText? {
    guard together != nil, !options.checksOnly, !order.body.hasIndependentPasses else { return nil }
    return StyledText(
      "a let follows a command that trains: all processes take each run together", .dim)
  }

  /// Before a command of a sweep: ends the part of this process where others have ended theirs, and leaves passes to
  /// others that are theirs.
  ///
  /// - Throws: `SweepEnded` or `PassOfAnother`.
  func deal(_ invocation: Invocation) throws {
    guard let dealt else { return }
    if dealt.shallEnd { throw SweepEnded() }
    guard invocation.row.traits.contains(.background), let next = dealt.deal.begin() else { return }
    if next.isOwn { return }
    if !dealt.isFollower {
      let parents = state.networks.compactMapValues { recorder?.number(of: $0) }
      dealt.leave(
        DealtSweep.LeftPass(
          pass: next.pass, label: sweep?.label(in: state.environment) ?? "", parents: parents))
      gatherSweep()
    }
    throw PassOfAnother()
  }

  /// Notes that networks begin to learn in an own pass; says which run it is.
  func beginDealt(
    _ run: OngoingRun, _ requests: [RunRequest], of command: String
  ) -> [StyledText] {
    guard let dealt else { return [] }
    let records = RunRecorder.records(run, requests, of: command) { _ in nil }
    let place = dealt.begin(requests, records)
    return sweep?.begin(requests, of: command, in: state, number: place.text) ?? []
  }

  /// Notes what a run of an own pass came to.
  func endDealt(_ results: [RunResult], _ report: Report) {
    guard let dealt, var log = sweep else { return }
    let noted = log.end(results, runs.traces.all, [:], in: state)
    sweep = log
    // A process that cannot tell any more is on its way out.
    try? dealt.end(
      results, runs.traces.all, noted, log,
      lines: report.lines.map(\.timeless) + report.diagnostics.map(\.message), in: state)
    if !dealt.isFollower { gatherSweep() }
  }

  /// Takes what other processes have told so far, shows it and puts it into the store; for process 0.
  private func gatherSweep(isEnd: Bool = false) {
    guard let dealt else { return }
    let letters = trainer.takeLetters()
    for (rank, outcome) in (try? dealt.take(letters)) ?? [] { showOutcome(outcome, of: rank) }
    for pass in dealt.completePasses(isEnd: isEnd) {
      for outcome in dealt.outcomes(ofPass: pass) {
        guard let recorder else { continue }
        let parents = dealt.left[pass]?.parents ?? [:]
        let records = outcome.lanes.map { lane in
          var record = lane.record
          record.tags = (sweep?.tag).map { [$0] } ?? []
          record.parent =
            lane.parent.flatMap { dealt.number(of: $0, record.network) } ?? parents[record.network]
          if record.parent != nil { record.drawing = nil }
          return (record: record, curve: lane.curve)
        }
        let (numbers, lines) = recorder.keep(records)
        dealt.number(outcome.place, numbers)
        if !lines.isEmpty { show(Report(lines)) }
      }
    }
  }

  private func showOutcome(_ outcome: SweepOutcome, of rank: Int) {
    guard let run = outcome.lanes.compactMap(\.run).first else { return }
    let label = run.label(of: outcome.names)
    var title = StyledText("run \(outcome.place.text)", .emphasis)
    title.append((label.isEmpty ? "" : ": \(label)"), .emphasis)
    title.append(", by process \(rank)", .dim)
    show(Report([title] + outcome.lines.map { StyledText($0) }))
  }

  // MARK: The end

  /// Waits until all processes are through with their runs, and has all of them go on alike.
  ///
  /// - Parameters:
  ///   - log: Has the runs of all processes then, on process 0.
  ///   - best: The best network of this process, then that of all.
  ///   - failure: What has ended the own part early.
  /// - Returns: What has ended the sweep early.
  func finish(
    _ dealt: DealtSweep, _ log: inout SweepLog, _ best: inout NetworkState?,
    _ failure: (any Error)?
  ) -> (any Error)? {
    guard let together else { return failure }
    var failure = failure is SweepEnded ? nil : failure
    var fault: RankFault?
    do throws(RankFault) {
      if dealt.isFollower {
        try dealt.tellEnd(failure.map { ($0 as? Diagnostic)?.message ?? "\($0)" })
      } else {
        failure = try awaitOthers(dealt, failure)
      }
    } catch { fault = error }
    if !dealt.isFollower {
      gatherSweep(isEnd: true)
      log.take(dealt.sorted)
      if let fault {
        let missing = dealt.missing.map { left in
          "run \(left.pass + 1)" + (left.label.isEmpty ? "" : " (\(left.label))")
        }
        if !missing.isEmpty {
          show(Report([StyledText("not done: " + missing.joined(separator: ", "), .bad)]))
        }
        return Diagnostic(fault, at: nil)
      }
      if failure == nil, let (rank, reason) = dealt.failures.first {
        failure = Diagnostic(.refused(rank: rank, reason: reason), at: nil)
      }
    }
    if let fault { return Diagnostic(fault, at: nil) }
    do throws(RankFault) {
      let owner = log.bestPlace.map { $0.pass % dealt.ranks.count }
      let verdict = try together.meet(
        at: .sweep, status: SweepVerdict(failure != nil, dealt.hasToldStop, owner).number,
        text: failure.map { ($0 as? Diagnostic)?.message ?? "\($0)" } ?? "")[0]
      let asked = SweepVerdict(verdict.status)
      if dealt.isFollower {
        failure = asked.hasFailed ? Diagnostic(.state, verdict.text, at: nil) : nil
        while asked.hasToldStop, try dealt.ranks.letter(.stop) == nil { LetterBox.pause() }
      }
      if let owner = asked.owner {
        switch try together.handRound(best, of: owner, build: scope.sweptNetwork) {
        case .network(let network): best = network
        case .noMemory(let rank, let bytes):
          best = nil
          showLoss(of: bytes, ownedBy: owner, lacking: rank, log.bestRun?.number)
        }
      } else {
        best = nil
      }
      if let best, let number = log.bestRun?.number { recorder?.note(best, isOf: number) }
    } catch { return failure ?? Diagnostic(error, at: nil) }
    return failure
  }

  /// Says why there is no best network, and how to come by it.
  private func showLoss(of bytes: Int, ownedBy owner: Int, lacking rank: Int, _ number: Int64?) {
    let size = ByteCount.text(bytes)
    var line = StyledText(
      "no net best: its \(size) are on process \(owner), and process \(rank) has no memory for them",
      .warning)
    if let number {
      line.append("; without mpirun ")
      line.append("rerun \(number)", .typable)
      line.append(" repeats its run")
    } else {
      line.append("; fewer processes on a machine leave each more of it")
    }
    show(Report([line]))
  }

  /// Gathers what the others tell until all of them are through; what has ended the sweep here.
  private func awaitOthers(_ dealt: DealtSweep, _ failure: (any Error)?) throws(RankFault)
    -> (any Error)?
  {
    var failure = failure
    while true {
      gatherSweep()
      try dealt.takeFailures()
      if console?.isInterruptPending == true { interrupt() }
      if isInterrupted, failure == nil { failure = interruption }
      if failure != nil || !dealt.failures.isEmpty { try dealt.tellStop() }
      if dealt.isOver { return failure }
      if dealt.ranks.isLost { throw .lost }
      console?.note(
        "\(Numbers.count(dealt.outcomes.count, "run")) of \(dealt.deal.dealt) over; others go on")
      LetterBox.pause()
    }
  }
}

/// What process 0 says of a sweep that is over.
struct SweepVerdict: Equatable {
  let hasFailed: Bool
  let hasToldStop: Bool

  /// The process that has the best network; nothing where there is none.
  let owner: Int?

  init(_ hasFailed: Bool, _ hasToldStop: Bool, _ owner: Int?) {
    (self.hasFailed, self.hasToldStop, self.owner) = (hasFailed, hasToldStop, owner)
  }

  var number: Int64 {
    (hasFailed ? 1 : 0) | (hasToldStop ? 2 : 0) | Int64((owner ?? -1) + 1) << 2
  }

  init(_ number: Int64) {
    (hasFailed, hasToldStop) = (number & 1 != 0, number & 2 != 0)
    owner = number >> 2 > 0 ? Int(number >> 2) - 1 : nil
  }
}

extension StyledText {
  /// The text without times, which are other ones each time.
  fileprivate var timeless: String {
    spans.filter { $0.role != .clock }.map(\.text).joined()
  }
}

/// A pass of a sweep that another process takes.
struct PassOfAnother: Error {}

/// The part of a process in a sweep is over, since others have ended theirs.
struct SweepEnded: Error {}
