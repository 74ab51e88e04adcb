/// Walks statements: control flow is done here, every other command goes to the host as an
/// `Invocation`.
///
/// A host that holds its interpreter copies it out, runs it and puts it back. Between commands only
/// `environment` matters.
package struct Interpreter {
  package var environment: Environment
  package let limits: LanguageLimits
  private var meter = Meter()
  private var depth = 0
  /// Whether a failing command is reported and the next one follows: inside `try`.
  private var isTolerant = false

  /// An interpreter that knows an environment and keeps within limits.
  package init(environment: Environment = Environment(), limits: LanguageLimits = LanguageLimits())
  {
    self.environment = environment
    self.limits = limits
  }

  /// Runs statements in order; the first failing one ends it, unless inside `try`.
  package mutating func run<Host: CommandHost>(
    _ statements: [Statement], host: inout Host
  ) throws {
    depth += 1
    defer { depth -= 1 }
    for statement in statements {
      if depth == 1 { meter = Meter() }
      do {
        if depth > limits.runDepth {
          throw ExpansionProblem.runTooDeep(limit: limits.runDepth).at(statement.range)
        }
        try run(statement, host: &host)
      } catch var diagnostic as Diagnostic {
        diagnostic.offerReplacement(in: statement.range)
        guard isTolerant && diagnostic.isRecoverable else { throw diagnostic }
        host.attemptFailed(diagnostic)
      }
    }
  }

  /// Runs a command file with arguments of its own; `$1 $2 …` are put back afterwards.
  package mutating func run<Host: CommandHost>(
    _ statements: [Statement], arguments: [Atom], host: inout Host
  ) throws {
    let before = environment.arguments
    environment.arguments = arguments
    defer { environment.arguments = before }
    try run(statements, host: &host)
  }

  private mutating func run<Host: CommandHost>(
    _ statement: Statement, host: inout Host
  ) throws {
    try meter.countStep(limits: limits, isCancelled: { host.isCancelled }, at: statement.range)
    switch statement {
    case .command(let command):
      let invocation = try invocation(of: command, facts: host.facts)
      try host.execute(invocation, with: &self)
    case .binding(let binding):
      let value = try evaluate(host.facts) { try $0.value(of: binding.value) }
      let before = environment.innermost(binding.name)
      environment.bind(binding.name, to: value)
      if environment.keptBytes > limits.keptText {
        environment.restore(binding.name, to: before)
        throw EvaluationProblem.tooMuchKept(limit: limits.keptText).at(statement.range)
      }
    case .loop(let loop): try run(loop, host: &host)
    case .conditional(let conditional):
      if let body = try chosen(conditional, facts: host.facts) {
        try run(body.statements, host: &host)
      }
    case .definition(let definition): try environment.define(definition)
    case .attempt(let body, _):
      let before = isTolerant
      isTolerant = true
      defer { isTolerant = before }
      try run(body.statements, host: &host)
    }
  }

  private mutating func run<Host: CommandHost>(_ loop: LoopSyntax, host: inout Host) throws {
    let words = try evaluate(host.facts) { evaluator in
      try loop.items.map { try evaluator.word($0) }
    }
    let items = try LoopItems(words)
    let before = environment.innermost(loop.name)
    host.follow(.begins(loop.name))
    defer {
      environment.restore(loop.name, to: before)
      host.follow(.ends)
    }
    for atom in items {
      try meter.countIteration(limits: limits, at: loop.range)
      try meter.countStep(limits: limits, isCancelled: { host.isCancelled }, at: loop.range)
      environment.bind(loop.name, to: atom)
      host.follow(.passBegins)
      do { try run(loop.body.statements, host: &host) } catch {
        guard host.endsPass(error) else { throw error }
      }
    }
  }

  private mutating func chosen(
    _ conditional: ConditionalSyntax, facts: FactProvider
  ) throws -> Block? {
    for branch in conditional.branches {
      let isMet = try evaluate(facts) { try $0.truth(of: branch.condition, for: .condition) }
      if isMet { return branch.body }
    }
    return conditional.otherwise
  }

  private mutating func invocation(
    of command: CommandSyntax, facts: FactProvider
  ) throws -> Invocation {
    let environment = environment
    let limits = limits
    return try evaluate(facts) { evaluator in
      Invocation(
        verb: try evaluator.word(command.verb),
        words: try command.words.map { try evaluator.word($0) },
        options: try command.options.map { try evaluator.option($0) },
        blocks: command.blocks,
        condition: command.condition.map {
          Condition(expression: $0, environment: environment, limits: limits)
        },
        redirect: try command.redirect.map { try evaluator.word($0) },
        isBackground: command.isBackground, range: command.range)
    }
  }

  private mutating func evaluate<Result>(
    _ facts: FactProvider, _ body: (inout Evaluator) throws -> Result
  ) throws -> Result {
    var evaluator = Evaluator(
      environment: environment, facts: facts, limits: limits, meter: meter)
    defer { meter = evaluator.meter }
    return try body(&evaluator)
  }
}
