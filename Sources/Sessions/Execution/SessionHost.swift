import Language

/// Lets an interpreter run its commands in a session.
struct SessionHost: CommandHost {
  let session: Session

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    session.state.environment = interpreter.environment
    defer {
      interpreter.environment = session.state.environment
      session.publishWork()
    }
    let outer = session.subject
    let subject = invocation.subject(in: interpreter.environment)
    session.subject = subject
    session.sweep?.note(invocation, in: interpreter.environment)
    try session.deal(invocation)
    let before = session.sweep == nil ? nil : session.state
    do {
      let report = try session.execute(invocation, with: &interpreter)
      if !session.isRepeated(report, since: before) { session.show(report, of: subject) }
    } catch let unknown as UnknownInCheck {
      session.show(unknown.report, of: subject)
    } catch let quit as Quit {
      session.show(Report(), of: subject)
      throw quit
    }
    try session.waitIfNeeded(after: invocation)
    if session.isInterrupted, session.goesOn(after: invocation) { throw session.interruption }
    session.subject = outer
  }

  mutating func attemptFailed(_ diagnostic: Diagnostic) {
    defer { session.subject = .remark }
    guard session.repeatedErrors.shows(diagnostic) else { return }
    var report = session.refusal(diagnostic)
    report.outcome = .done
    session.show(report)
  }

  mutating func follow(_ event: LoopEvent) { session.follow(event) }

  mutating func endsPass(_ error: any Error) -> Bool { session.endsPass(error) }

  var facts: FactProvider { session.facts }

  var isCancelled: Bool { session.isInterrupted }
}

extension Session {
  /// Shows the answer of a command.
  fileprivate func show(_ report: Report, of subject: Report.Subject) {
    var report = report
    report.subject = subject
    show(report)
  }

  /// What refuses the command at hand, with offers that would be accepted.
  func refusal(_ diagnostic: Diagnostic) -> Report {
    let python = diagnostic.range.flatMap(Self.python)
    var diagnostic = scope.verified(python == nil ? scope.aboutCommand(diagnostic) : diagnostic)
    let repair = python.map { scope.offer(for: $0) } ?? commas(in: diagnostic.range)
    if let repair, !diagnostic.offers.contains(repair) { diagnostic.offers.insert(repair, at: 0) }
    var report = Report(diagnostic)
    report.subject = subject
    return report
  }

  /// The statement of Python that begins in the line of a mistake, which may go over some lines.
  private static func python(at range: SourceRange) -> PythonStatement? {
    let source = range.source
    let first = source.line(at: range.lowerBound)
    for last in first..<min(first + mostLines, source.lineCount) {
      let end = source.bytes(ofLine: last).upperBound
      let start = source.bytes(ofLine: first).lowerBound
      if end - start > PythonStatement.mostBytes { break }
      if let found = PythonStatement(source.text(in: start..<end)) { return found }
    }
    return nil
  }

  /// Lines that a statement of Python has at most.
  private static let mostLines = 40

  /// A command without its commas, if that would be accepted.
  private func commas(in range: SourceRange?) -> String? {
    guard let range, range.source.bytes.count <= CommaRepair.mostBytes,
      let text = CommaRepair.text(of: range.source.text), scope.outcome(of: text) != nil
    else { return nil }
    return text
  }

  /// The end of what was running because the user asked for it; a run it waited for is paused.
  var interruption: Diagnostic {
    if isHeld { try? trainer.perform { _ in } }
    return isHeld
      ? Diagnostic(.interrupted, paused, at: nil, severity: .notice)
      : Diagnostic(.interrupted, "stopped; everything learned is kept", at: nil)
  }

  /// Whether an interruption has paused the current run.
  package var isHeld: Bool { trainer.isInterrupted && trainer.isPaused }

  /// `paused at step 12, loss 0.41; resume goes on, stop ends it`.
  var paused: String { "paused\(placeOfRun); resume goes on, stop ends it" }
}

/// What a check cannot tell, since it reads nothing but command files; it goes on with the next command.
struct UnknownInCheck: Error {
  /// The file that was left unread.
  let file: String

  var report: Report { Report([StyledText("not checked: this depends on \(file)", .dim)]) }
}

/// Leaves the session with an exit status; `try` does not catch it.
struct Quit: Error {
  let status: Int32
}
