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
    do {
      session.show(try session.execute(invocation, with: &interpreter))
    } catch let unknown as UnknownInCheck {
      session.show(unknown.report)
    }
    try session.waitIfNeeded(after: invocation)
    if session.isInterrupted, session.goesOn(after: invocation) { throw session.interruption }
  }

  mutating func attemptFailed(_ diagnostic: Diagnostic) {
    guard session.repeatedErrors.shows(diagnostic) else { return }
    session.show(Report([], diagnostics: [session.scope.verified(diagnostic)]))
  }

  var facts: FactProvider { session.facts }

  var isCancelled: Bool { session.isInterrupted }
}

extension Session {
  /// The end of what was running because the user asked for it; a run it waited for is paused.
  var interruption: Diagnostic {
    if isHeld { try? trainer.perform { _ in } }
    return Diagnostic(
      .interrupted, isHeld ? paused : "stopped; everything learned is kept", at: nil)
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
