import Language

/// Lets an interpreter run its commands in a session.
struct SessionHost: CommandHost {
  let session: Session

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    session.state.environment = interpreter.environment
    defer { interpreter.environment = session.state.environment }
    let report = try session.execute(invocation, with: &interpreter)
    session.show(report)
    session.waitIfNeeded(after: invocation)
    if session.isInterrupted, session.source.waitsForRuns { throw Interruption.diagnostic }
  }

  mutating func attemptFailed(_ diagnostic: Diagnostic) {
    session.show(Report([], diagnostics: [diagnostic]))
  }

  var facts: FactProvider { session.facts }

  var isCancelled: Bool { session.isInterrupted }
}

/// The end of what was running because the user asked for it.
enum Interruption {
  static let diagnostic = Diagnostic(.interrupted, "stopped; everything learned is kept", at: nil)
}

/// Leaves the session with an exit status; `try` does not catch it.
struct Quit: Error {
  let status: Int32
}
