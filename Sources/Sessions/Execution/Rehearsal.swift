import Language

/// Runs statements on a copy of a state, without a session: nothing is trained or written, and no run goes on.
struct Rehearsal: CommandHost {
  private(set) var state: SessionState
  private var context: CommandContext
  private let knowsFacts: Bool
  private let admit: (Invocation) throws -> Void
  private var history: History

  /// The state before the current statement, or since `undo` was last typed within it.
  private var checkpoint: SessionState

  /// States that `undo` would give back before those of the history, which takes them when it is asked.
  private var past: [SessionState] = []

  /// Where the loops of a sweep stand; nothing outside one.
  private var passes: SweepPasses?

  /// A rehearsal of commands.
  ///
  /// - Parameters:
  ///   - knowsFacts: Whether expressions are answered; some need a measurement.
  ///   - admit: Throws where a command is not to be tried.
  init(
    _ state: SessionState, _ context: CommandContext, knowsFacts: Bool = true,
    admit: @escaping (Invocation) throws -> Void = { _ in }
  ) {
    self.state = state
    self.context = context
    self.knowsFacts = knowsFacts
    self.admit = admit
    history = context.history
    checkpoint = state
  }

  /// Runs statements one after another.
  ///
  /// - Throws: The diagnostic of the first that is refused.
  mutating func run(_ statements: [Statement], limits: LanguageLimits = LanguageLimits()) throws {
    for statement in statements {
      var interpreter = Interpreter(environment: state.environment, limits: limits)
      checkpoint = state
      defer {
        state.environment = interpreter.environment
        remember()
      }
      try interpreter.run([statement], host: &self)
    }
  }

  /// Keeps the state at the checkpoint for `undo` if it has changed since.
  private mutating func remember() {
    if state.differs(from: checkpoint) || state.environment != checkpoint.environment {
      past.append(checkpoint)
    }
  }

  mutating func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws {
    try admit(invocation)
    state.environment = interpreter.environment
    context.interpreter = interpreter
    if invocation.row.traits.contains(.background) { passes?.noteTraining() }
    var scope = CommandScope(state, context)
    _ = try scope.answer(to: invocation)
    state = scope.state
    for effect in scope.effects { try follow(effect, &interpreter) }
    interpreter.environment = state.environment
  }

  /// Does what an effect would do to the state.
  private mutating func follow(_ effect: Effect, _ interpreter: inout Interpreter) throws {
    switch effect {
    case .move(let count, let redoing):
      remember()
      for state in past { history.record(state, before: "") }
      past = []
      defer { checkpoint = state }
      for _ in 0..<count {
        guard let entry = redoing ? history.redo(from: state) : history.undo(from: state) else {
          break
        }
        state = entry.state
      }
    case .rerun(let statements, _, _), .runInPlace(let statements):
      try interpreter.run(statements, arguments: [], host: &self)
      state.environment = interpreter.environment
    case .run(let statements, let arguments, _, _):
      try interpreter.run(statements, arguments: arguments, host: &self)
      state.environment = interpreter.environment
    case .walk(let walk):
      try interpreter.run(walk.statements, arguments: walk.arguments, host: &self)
      state.environment = interpreter.environment
    case .time(let block, _):
      try interpreter.run(block.statements, host: &self)
      state.environment = interpreter.environment
    case .sweep(let order):
      let before = state
      passes = SweepPasses()
      defer { passes = nil }
      try interpreter.run(order.body.statements, host: &self)
      state = before
      state.environment = interpreter.environment
    case .quit(let status): throw Quit(status: status)
    case .begin, .takeSteps, .pause, .resume, .stop, .wait, .redraw, .operate, .write, .compare,
      .noteSaved,
      .noteLoaded, .demonstrate, .restore, .keepChoices, .forgetChoices, .fold, .forget, .annotate,
      .forgetRuns, .lesson,
      .awaitKey, .theme:
      break
    }
  }

  mutating func follow(_ event: LoopEvent) {
    guard let next = passes?.next(event, in: state) else { return }
    state = next
  }

  var facts: FactProvider { knowsFacts ? CommandScope(state, context).facts : .none }
}
