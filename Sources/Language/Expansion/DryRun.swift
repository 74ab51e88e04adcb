/// Collects what a text would execute, without executing anything: for the hint under the prompt.
package struct DryRun: CommandHost {
  /// What would be executed, in order, each with the names in force at that moment.
  package private(set) var steps: [(invocation: Invocation, interpreter: Interpreter)] = []
  package let facts: FactProvider
  private let mostSteps: Int

  /// Too many steps for a hint.
  private struct Enough: Error {}

  private init(facts: FactProvider, mostSteps: Int) {
    self.facts = facts
    self.mostSteps = mostSteps
  }

  /// The commands that statements come to, at most `mostSteps` of them.
  ///
  /// `let` and `def` act on a copy of the environment. Throws the first diagnostic.
  package static func steps(
    of statements: [Statement], in environment: Environment, facts: FactProvider = .none,
    limits: LanguageLimits = .hint, mostSteps: Int = 1000
  ) throws -> [(invocation: Invocation, interpreter: Interpreter)] {
    var collector = DryRun(facts: facts, mostSteps: mostSteps)
    var interpreter = Interpreter(environment: environment, limits: limits)
    do {
      try interpreter.run(statements, host: &collector)
    } catch is Enough {}
    return collector.steps
  }

  /// Notes a command instead of carrying it out.
  package mutating func execute(
    _ invocation: Invocation, with interpreter: inout Interpreter
  ) throws {
    guard steps.count < mostSteps else { throw Enough() }
    steps.append((invocation, interpreter))
  }
}

extension LanguageLimits {
  /// Tighter bounds, so that a hint never makes the prompt wait.
  package static var hint: LanguageLimits {
    var limits = LanguageLimits()
    limits.specifications = 20_000
    limits.iterations = 20_000
    limits.steps = 50_000
    limits.substitutedText = 1 << 20
    return limits
  }
}
