/// What an interpreter runs its commands in: the session, or a collector for a dry run.
package protocol CommandHost {
  /// Executes one command before the next is looked at.
  ///
  /// Blocks are run or expanded through the interpreter; `source` uses
  /// `Interpreter.run(_:arguments:host:)`. Throws a `Diagnostic` for a mistake, anything else to
  /// leave (`try` does not catch it).
  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws

  /// Takes note of a command that failed within `try`; the next one follows.
  mutating func attemptFailed(_ diagnostic: Diagnostic)

  /// Follows a loop from pass to pass.
  mutating func follow(_ event: LoopEvent)

  /// Whether an error ends no more than the pass of a loop at hand; the next one follows.
  mutating func endsPass(_ error: any Error) -> Bool

  /// The answers to names and calls in expressions, as of now.
  var facts: FactProvider { get }

  /// Whether the user wants to stop; asked between statements.
  var isCancelled: Bool { get }
}

extension CommandHost {
  /// Passes over what `try` has caught.
  package mutating func attemptFailed(_ diagnostic: Diagnostic) {}
  /// Takes no notice of loops.
  package mutating func follow(_ event: LoopEvent) {}
  /// An error ends the loop.
  package mutating func endsPass(_ error: any Error) -> Bool { false }
  package var facts: FactProvider { .none }
  package var isCancelled: Bool { false }
}

/// Where a `for` has come to.
package enum LoopEvent: Hashable, Sendable {
  /// It begins to give a name values.
  case begins(String)

  /// The name has its next value.
  case passBegins
  case ends
}
