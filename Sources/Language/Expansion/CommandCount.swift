/// How often commands of some kind would run, found out without running any: loops multiply, and of a choice that
/// cannot be made beforehand the branch with the most of them counts.
package struct CommandCount: Hashable, Sendable {
  /// How often at most; `Int.max` where it is more than that.
  package var times = 0

  /// Whether it is known to be no fewer.
  package var isExact = true

  /// The values that loops go through, those of the outermost first, along the way with the most commands.
  package var loops: [Int] = []

  /// Counts commands in statements; nothing where that hangs on what commands do, or takes too long to find out.
  ///
  /// - Parameter kind: how often a command counts, or nothing where that is not known.
  package static func of(
    _ statements: [Statement], in environment: Environment,
    limits: LanguageLimits = LanguageLimits(), kind: (CommandSyntax) -> Int?
  ) -> CommandCount? {
    withoutActuallyEscaping(kind) { kind in
      var counter = Counter(
        evaluator: Evaluator(environment: environment, facts: .none, limits: limits), kind: kind)
      return try? counter.count(statements)
    }
  }

  fileprivate mutating func add(_ other: CommandCount) {
    let (sum, overflows) = times.addingReportingOverflow(other.times)
    if other.times > 0, loops.isEmpty { loops = other.loops }
    times = overflows ? .max : sum
    isExact = isExact && other.isExact
  }

  /// The same, so many times.
  fileprivate func repeated(_ passes: Int) -> CommandCount {
    let (product, overflows) = times.multipliedReportingOverflow(by: passes)
    return CommandCount(
      times: overflows ? .max : product, isExact: isExact,
      loops: times > 0 ? [passes] + loops : [])
  }
}

/// Goes through statements once, and through a loop once where its passes are alike.
private struct Counter {
  var evaluator: Evaluator
  let kind: (CommandSyntax) -> Int?

  /// Statements looked at.
  private var steps = 0

  /// Statements that are looked at before the count is given up.
  private static let mostSteps = 5_000

  private struct Unknown: Error {}

  init(evaluator: Evaluator, kind: @escaping (CommandSyntax) -> Int?) {
    (self.evaluator, self.kind) = (evaluator, kind)
  }

  mutating func count(_ statements: [Statement]) throws -> CommandCount {
    var sum = CommandCount()
    for statement in statements {
      steps += 1
      if steps > Self.mostSteps { throw Unknown() }
      sum.add(try count(statement))
    }
    return sum
  }

  private mutating func count(_ statement: Statement) throws -> CommandCount {
    switch statement {
    case .command(let command):
      guard let times = kind(command) else { throw Unknown() }
      return CommandCount(times: times)
    case .binding(let binding):
      // A value that hangs on what was learned is not known: what asks for it cannot be counted.
      if let value = try? evaluator.value(of: binding.value) {
        evaluator.environment.bind(binding.name, to: value)
      } else {
        evaluator.environment.restore(binding.name, to: nil)
      }
      return CommandCount()
    case .definition: return CommandCount()
    case .attempt(let body, _): return try count(body.statements)
    case .conditional(let conditional): return try count(conditional)
    case .loop(let loop): return try count(loop)
    }
  }

  private mutating func count(_ conditional: ConditionalSyntax) throws -> CommandCount {
    var most = CommandCount()
    var isOpen = false
    for branch in conditional.branches {
      let isMet = try? evaluator.truth(of: branch.condition, for: .condition)
      if isMet == false { continue }
      let count = try count(branch.body.statements)
      if count.times > most.times { most = count }
      if isMet == true {
        if isOpen { most.isExact = false }
        return most
      }
      isOpen = true
    }
    let rest = try conditional.otherwise.map { try count($0.statements) } ?? CommandCount()
    if rest.times > most.times { most = rest }
    if isOpen { most.isExact = false }
    return most
  }

  private mutating func count(_ loop: LoopSyntax) throws -> CommandCount {
    let items = try LoopItems(try loop.items.map { try evaluator.word($0) })
    guard let first = items.first, let last = items.last else { return CommandCount() }
    let before = evaluator.environment
    defer { evaluator.environment = before }
    func pass(_ atom: Atom) throws -> CommandCount {
      evaluator.environment = before
      evaluator.environment.bind(loop.name, to: atom)
      return try count(loop.body.statements)
    }
    let begin = try pass(first)
    if try begin == pass(last) { return begin.repeated(items.count) }
    var sum = CommandCount()
    for atom in items { sum.add(try pass(atom)) }
    sum.loops = [items.count] + begin.loops
    return sum
  }
}
