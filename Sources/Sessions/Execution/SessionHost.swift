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
    var diagnostic = scope.verified(scope.aboutCommand(diagnostic))
    if let range = diagnostic.range, let text = repair(of: range) {
      diagnostic.offers.insert(text, at: 0)
    }
    var report = Report(diagnostic)
    report.subject = subject
    return report
  }

  /// What was meant by a line in the ways of other languages, or help on it where that would not be accepted here.
  private func repair(of range: SourceRange) -> String? {
    var lines = [range.source.text]
    if range.source.lineCount > 1 {
      let line = range.source.line(at: range.lowerBound)
      lines.append(range.source.text(in: range.source.bytes(ofLine: line)))
    }
    for line in lines {
      if let commands = PythonStatement.commands(for: line) {
        let text = commands.joined(separator: "; ")
        return scope.workingWithInput(text) ?? PythonStatement.help(on: commands)
      }
    }
    guard range.source.bytes.count <= CommaRepair.mostBytes,
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
