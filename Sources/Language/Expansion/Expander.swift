/// Expands blocks of layers: calls of definitions, loops and conditions become plain
/// specifications.
struct Expander {
  var evaluator: Evaluator
  let isCancelled: () -> Bool
  private var depth = 0
  private var callDepth = 0
  private var call: DefinitionCall?

  init(evaluator: Evaluator, isCancelled: @escaping () -> Bool) {
    self.evaluator = evaluator
    self.isCancelled = isCancelled
  }

  private var limits: LanguageLimits { evaluator.limits }

  mutating func specifications(of statements: [Statement]) throws -> [Specification] {
    var specifications: [Specification] = []
    try expand(statements, into: &specifications)
    return specifications
  }

  private mutating func expand(
    _ statements: [Statement], into result: inout [Specification]
  ) throws {
    for statement in statements {
      try evaluator.meter.countStep(
        limits: limits, isCancelled: isCancelled, at: statement.range)
      switch statement {
      case .command(let command): result.append(try specification(of: command))
      case .binding(let binding):
        let value = try evaluator.value(of: binding.value)
        evaluator.environment.bind(binding.name, to: value)
      case .loop(let loop): try expand(loop, into: &result)
      case .conditional(let conditional):
        if let body = try chosen(conditional) {
          try nested(at: conditional.range) { try $0.expand(body.statements, into: &result) }
        }
      case .definition(let definition): try evaluator.environment.define(definition)
      case .attempt(_, let range):
        throw ExpansionProblem.commandInBlock(Keyword.attempt).at(range)
      }
    }
  }

  private mutating func expand(
    _ loop: LoopSyntax, into result: inout [Specification]
  ) throws {
    let items = try LoopItems(loop.items.map { try evaluator.word($0) })
    let before = evaluator.environment.innermost(loop.name)
    for atom in items {
      try evaluator.meter.countIteration(limits: limits, at: loop.range)
      try evaluator.meter.countStep(limits: limits, isCancelled: isCancelled, at: loop.range)
      evaluator.environment.bind(loop.name, to: atom)
      try nested(at: loop.range) { try $0.expand(loop.body.statements, into: &result) }
    }
    evaluator.environment.restore(loop.name, to: before)
  }

  private mutating func chosen(_ conditional: ConditionalSyntax) throws -> Block? {
    for branch in conditional.branches
    where try evaluator.truth(of: branch.condition, for: .condition) {
      return branch.body
    }
    return conditional.otherwise
  }

  private mutating func nested<Result>(
    at range: SourceRange, _ body: (inout Expander) throws -> Result
  ) throws -> Result {
    depth += 1
    defer { depth -= 1 }
    if depth > limits.expansionDepth {
      throw ExpansionProblem.expansionTooDeep(limit: limits.expansionDepth).at(range)
    }
    return try body(&self)
  }

  private mutating func specification(of command: CommandSyntax) throws -> Specification {
    var kind = try evaluator.word(command.verb)
    var words = command.words[...]
    if kind.isAdd {
      guard let first = words.popFirst() else {
        throw ExpansionProblem.missingKind.at(command.verb.range.end)
      }
      kind = try evaluator.word(first)
    }
    if command.condition != nil || command.redirect != nil || command.isBackground {
      throw ExpansionProblem.commandInBlock(kind.text).at(command.verb.range)
    }
    let phrase = Phrase(
      kind: kind, words: try words.map { try evaluator.word($0) },
      options: try command.options.map { try evaluator.option($0) }, blocks: command.blocks,
      range: command.range)
    return try specification(of: phrase)
  }

  /// Expands one layer, container or call.
  mutating func specification(of phrase: Phrase) throws -> Specification {
    guard phrase.kind.kind == .name || phrase.kind.kind == .path || phrase.kind.kind == .string
    else {
      throw ExpansionProblem.kindIsNoName(phrase.kind.value).at(phrase.kind.range)
    }
    try evaluator.meter.countSpecification(limits: limits, at: phrase.range)
    if let definition = evaluator.environment.definitions[phrase.kind.text] {
      return try call(definition, phrase)
    }
    let blocks = try phrase.blocks.map { block in
      try nested(at: block.range) { try $0.specifications(of: block.statements) }
    }
    return Specification(
      form: .written, kind: phrase.kind, words: phrase.words, options: phrase.options,
      blocks: blocks, range: phrase.range, call: call)
  }

  private mutating func call(
    _ definition: Definition, _ phrase: Phrase
  ) throws -> Specification {
    if let block = phrase.blocks.first {
      throw ExpansionProblem.blockGiven(signature: definition.signature).at(
        block.range.source.range(block.range.lowerBound, block.range.lowerBound + 1))
    }
    let binding = ArgumentBinding(definition: definition)
    let given = try binding.given(words: phrase.words, options: phrase.options)
    let caller = (locals: evaluator.environment.locals, call: call)
    callDepth += 1
    defer {
      callDepth -= 1
      evaluator.environment.locals = caller.locals
      call = caller.call
    }
    if callDepth > limits.recursion {
      throw ExpansionProblem.recursionTooDeep(definition.name, limit: limits.recursion)
        .at(phrase.kind.range)
    }
    evaluator.environment.locals = [:]
    let own = DefinitionCall(definition, phrase, within: caller.call)
    call = own
    do {
      for parameter in definition.parameters {
        if let atom = given[parameter.name] {
          evaluator.environment.bind(parameter.name, to: atom)
        } else if let standard = parameter.defaultValue {
          evaluator.environment.bind(parameter.name, to: try evaluator.atom(standard))
        } else {
          throw binding.missing(parameter, at: phrase.kind.range)
        }
      }
      let children = try nested(at: phrase.range) {
        try $0.specifications(of: definition.body.statements)
      }
      return Specification(
        form: .group, kind: phrase.kind, words: phrase.words, options: phrase.options,
        blocks: [children], range: phrase.range, call: caller.call)
    } catch var diagnostic as Diagnostic {
      diagnostic.trace(to: own)
      diagnostic.addCall(of: definition, at: phrase.kind.range)
      throw diagnostic
    }
  }
}

/// A layer, container or call with its own words substituted and its blocks still as written.
package struct Phrase {
  let kind: Word
  let words: [Word]
  let options: [Option]
  let blocks: [Block]
  let range: SourceRange

  /// A kind with what follows it.
  package init(
    kind: Word, words: [Word], options: [Option], blocks: [Block], range: SourceRange
  ) {
    self.kind = kind
    self.words = words
    self.options = options
    self.blocks = blocks
    self.range = range
  }
}

extension Evaluator {
  mutating func option(_ syntax: OptionSyntax) throws -> Option {
    Option(name: syntax.name, nameRange: syntax.nameRange, value: try word(syntax.value))
  }
}

extension Diagnostic {
  /// Tells which call led into a definition, for the innermost two calls.
  fileprivate mutating func addCall(of definition: Definition, at range: SourceRange) {
    guard self.range != range, notes.count(where: { $0.text.hasPrefix("in '") }) < 2 else {
      return
    }
    notes.append(Note("in '\(definition.name)', called here", at: range))
  }
}
