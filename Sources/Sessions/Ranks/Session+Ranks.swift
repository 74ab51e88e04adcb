import Engine
import Language
import Training

/// Commands that several processes do together.
extension Session {
  /// Whether the session does what another process reads and says, and leaves the disk to that one.
  ///
  /// In a sweep whose runs are dealt each process writes what its own passes write.
  package var isFollower: Bool { together?.isFollower == true && dealt?.deal.pass == nil }

  /// The processes that do the next command together with this one; nobody in a sweep whose runs are dealt.
  private var meeting: SessionRanks? { dealt == nil ? together : nil }

  /// Hands a source to the other processes, where there are some.
  ///
  /// - Throws: A diagnostic where one is gone.
  func announce(_ source: Source) throws {
    guard let together, !together.isFollower else { return }
    try withRanks(at: nil) { () throws(RankFault) in try together.announce(source) }
  }

  /// Where a run stands, as it is told to other processes.
  private enum RunPhase: Int64 {
    case over, goesOn, isPaused
  }

  /// Has a command begin in the same state of the run on all processes: that of process 0, and over where it is
  /// over anywhere, since all take the same steps.
  ///
  /// - Throws: A diagnostic where a process is elsewhere or gone.
  func meet(before invocation: Invocation) throws {
    guard let together = meeting else { return }
    let phase = trainer.isRunning ? trainer.isPaused ? RunPhase.isPaused : .goesOn : .over
    let words = try withRanks(at: invocation.range) { () throws(RankFault) in
      try together.meet(at: .command, status: phase.rawValue)
    }
    if words.contains(where: { $0.status == RunPhase.over.rawValue }) {
      while trainer.isRunning { trainer.waitForEnd() }
    } else if together.isFollower {
      if words[0].status == RunPhase.isPaused.rawValue {
        trainer.pause()
        try trainer.perform { _ in }
      } else {
        trainer.resume()
      }
    }
  }

  /// How a process has answered a command, as it is told to others.
  private enum AnswerStatus: Int64 {
    case good

    /// Nothing but the answer comes of it.
    case looksOnly
    case refused

    /// An `expect` that does not hold.
    case unexpected
  }

  /// The answer of a command where all processes have one, else a refusal on all; what process 0 has found counts
  /// where nothing else comes of it.
  ///
  /// - Throws: What the own answer was refused with, or a diagnostic of another process's.
  func agreed(
    _ answer: Result<Report, any Error>, _ scope: inout CommandScope, of invocation: Invocation
  ) throws -> Report {
    guard let together = meeting else { return try answer.get() }
    let status: AnswerStatus
    var text = ""
    switch answer {
    case .success:
      let isIdle = scope.effects.isEmpty && !scope.state.differs(from: state)
      status = isIdle ? .looksOnly : .good
    case .failure(let error):
      let diagnostic = error as? Diagnostic
      status = diagnostic?.code == .expect ? .unexpected : .refused
      text = diagnostic?.message ?? "\(error)"
    }
    let words = try withRanks(at: invocation.range) { () throws(RankFault) in
      try together.meet(at: .answer, status: status.rawValue, text: text)
    }
    let first = AnswerStatus(rawValue: words[0].status) ?? .refused
    if first == .looksOnly {
      if let report = try? answer.get() { return report }
      scope = CommandScope(state, scope.context)
      return Report()
    }
    let report = try answer.get()
    if let other = words.first(where: { $0.status >= AnswerStatus.refused.rawValue }) {
      throw Diagnostic(.refused(rank: other.rank, reason: other.text), at: invocation.range)
    }
    return report
  }

  /// Makes sure that the effects of a command were carried out on all processes.
  ///
  /// - Throws: What they failed with here, or a diagnostic of another process's failure.
  func agree<Value>(on outcome: Result<Value, any Error>, of invocation: Invocation) throws -> Value
  {
    guard let together = meeting else { return try outcome.get() }
    var (status, text) = (AnswerStatus.good, "")
    if case .failure(let error) = outcome {
      (status, text) = (.refused, (error as? Diagnostic)?.message ?? "\(error)")
    }
    let words = try withRanks(at: invocation.range) { () throws(RankFault) in
      try together.meet(at: .effects, status: status.rawValue, text: text)
    }
    let value = try outcome.get()
    if let other = words.first(where: { $0.status == AnswerStatus.refused.rawValue }) {
      throw Diagnostic(.refused(rank: other.rank, reason: other.text), at: invocation.range)
    }
    // Process 0 has waited for steps that were asked for; here they are over, too, once the trainer is asked.
    if together.isFollower, trainer.isRunning { try trainer.perform { _ in } }
    return value
  }

  private func withRanks<Result>(
    at range: SourceRange?, _ body: () throws(RankFault) -> Result
  ) throws -> Result {
    do throws(RankFault) { return try body() } catch { throw Diagnostic(error, at: range) }
  }
}

extension Diagnostic {
  /// Why processes cannot go on together.
  init(_ fault: RankFault, at range: SourceRange?) {
    switch fault {
    case .lost:
      self.init(.state, SessionRanks.loss, at: range)
    case .apart(let rank):
      self.init(
        .state,
        "process \(rank) has come to something else than process 0; all need the same files, "
          + "program and kind of processor",
        at: range)
    case .refused(let rank, let reason):
      self.init(.state, "process \(rank): \(reason)", at: range)
    }
  }
}
