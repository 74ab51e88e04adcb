import Language

/// What one command works on: the state that it may change, what it may look at, and the effects it asks for.
///
/// A command is a function of these and reaches nothing else, so one that is refused has changed nothing.
struct CommandScope {
  var state: SessionState
  let context: CommandContext

  /// What the command asks the session to do, in this order, when it has answered.
  private(set) var effects: [Effect] = []

  /// Whether an answer to an expression was made up, since a check neither trains nor measures.
  var hasInvented = false

  /// A command that has done nothing yet.
  init(_ state: SessionState, _ context: CommandContext) {
    self.state = state
    self.context = context
  }

  /// Asks the session for what goes beyond the state.
  mutating func ask(for effect: Effect) { effects.append(effect) }
}
