/// Gives words and expressions their values in an environment.
struct Evaluator {
  var environment: Environment
  let facts: FactProvider
  let limits: LanguageLimits
  var meter = Meter()

  init(
    environment: Environment, facts: FactProvider, limits: LanguageLimits, meter: Meter = Meter()
  ) {
    self.environment = environment
    self.facts = facts
    self.limits = limits
    self.meter = meter
  }

  /// A word after substitution; its range stays that of the word as written.
  mutating func word(_ syntax: WordSyntax) throws -> Word {
    Word(atom: try atom(syntax), range: syntax.range)
  }

  mutating func atom(_ syntax: WordSyntax) throws -> Atom {
    let parts: [WordPart]
    switch syntax.form {
    case .constant(let atom): return atom
    case .composed(let composed): parts = composed
    }
    if parts.count == 1 {
      switch parts[0] {
      case .variable(let variable): return try atom(of: variable)
      case .expression(let expression):
        let atom = Atom(try value(of: expression))
        try meter.count(text: atom.text.utf8.count, limits: limits, at: syntax.range)
        return atom
      case .bare, .quoted: break
      }
    }
    let text = try text(of: parts, at: syntax.range)
    if parts.contains(where: \.isQuoted) { return Atom(quoted: text) }
    guard let atom = Atom(bare: text) else {
      throw EvaluationProblem.numberTooLarge(text: text).at(syntax.range)
    }
    return atom
  }

  private mutating func text(of parts: [WordPart], at range: SourceRange) throws -> String {
    var text = ""
    for part in parts {
      switch part {
      case .bare(let piece), .quoted(let piece): text += piece
      case .variable(let variable): text += try atom(of: variable).text
      case .expression(let expression): text += try value(of: expression).description
      }
      if text.utf8.count > limits.wordLength { break }
    }
    try meter.count(text: text.utf8.count, limits: limits, at: range)
    return text
  }

  private func atom(of variable: Variable) throws -> Atom {
    switch variable.name {
    case .count: return Atom(.integer(environment.arguments.count))
    case .positional(let index):
      guard index > 0, index <= environment.arguments.count else {
        throw EvaluationProblem.missingPositional(index, given: environment.arguments.count)
          .at(variable.range)
      }
      return environment.arguments[index - 1]
    case .named(let name):
      guard let atom = environment.atom(named: name) else {
        throw EvaluationProblem.unknownVariable(
          name, suggestions: DidYouMean.suggestions(for: name, among: environment.names)
        ).at(variable.range)
      }
      return atom
    }
  }

  /// The value of an expression.
  mutating func value(of expression: Expression) throws -> Value {
    switch expression.node {
    case .literal(let value): return value
    case .variable(let variable): return try atom(of: variable).value
    case .text(let parts): return .string(try text(of: parts, at: expression.range))
    case .name(let name): return try value(ofName: name, at: expression.range)
    case .call(let call): return try value(of: call, at: expression.range)
    case .negation(let operand):
      return try negated(try value(of: operand), at: expression.range)
    case .not(let operand):
      return .boolean(!(try truth(of: operand, for: .not)))
    case .arithmetic(let first, let links):
      var result = try value(of: first)
      for link in links {
        let operand = try value(of: link.operand)
        result = try Arithmetic.apply(link.operation, result, operand, at: link.range)
      }
      return result
    case .comparison(let left, let comparator, let right):
      let first = try value(of: left)
      let second = try value(of: right)
      return .boolean(
        try Arithmetic.compare(first, comparator, second, at: expression.range))
    case .all(let operands):
      for operand in operands where !(try truth(of: operand, for: .and)) {
        return .boolean(false)
      }
      return .boolean(true)
    case .any(let operands):
      for operand in operands where try truth(of: operand, for: .or) { return .boolean(true) }
      return .boolean(false)
    }
  }

  /// The value of an expression that must be `yes` or `no`.
  mutating func truth(
    of expression: Expression, for place: EvaluationProblem.Place
  ) throws -> Bool {
    let value = try value(of: expression)
    guard case .boolean(let truth) = value else {
      throw EvaluationProblem.notBoolean(place, value).at(expression.range)
    }
    return truth
  }

  /// Evaluates every name and every call within an expression.
  mutating func askAll(_ expression: Expression) throws {
    switch expression.node {
    case .literal: return
    case .name, .call, .variable, .text: _ = try value(of: expression)
    case .negation(let operand), .not(let operand): try askAll(operand)
    case .arithmetic(let first, let links):
      try askAll(first)
      for link in links { try askAll(link.operand) }
    case .comparison(let left, _, let right):
      try askAll(left)
      try askAll(right)
    case .all(let operands), .any(let operands):
      for operand in operands { try askAll(operand) }
    }
  }

  private func negated(_ value: Value, at range: SourceRange) throws -> Value {
    switch value {
    case .integer(let number):
      guard number != Int.min else {
        throw EvaluationProblem.negationOverflow(value).at(range)
      }
      return .integer(-number)
    case .real(let number): return .real(-number)
    case .boolean, .string, .shape, .none:
      throw EvaluationProblem.notANumber(sign: value).at(range)
    }
  }

  private func value(ofName name: String, at range: SourceRange) throws -> Value {
    if let atom = environment.atom(named: name) { return atom.value }
    let query = FactProvider.Query(name: name, arguments: [], range: range)
    if let value = try facts.resolve(query) { return value }
    let known = environment.names + facts.names
    throw EvaluationProblem.unknownName(
      name, suggestions: DidYouMean.suggestions(for: name, among: known)
    ).at(range)
  }

  private mutating func value(of call: Call, at range: SourceRange) throws -> Value {
    var arguments: [FactProvider.Argument] = []
    for argument in call.arguments {
      switch argument {
      case .reference(let text, let range):
        arguments.append(.init(text: text, value: nil, range: range))
      case .expression(let expression):
        let value = try value(of: expression)
        arguments.append(.init(text: value.description, value: value, range: expression.range))
      }
    }
    if call.name == "min" || call.name == "max" {
      return try extreme(of: arguments, isMaximum: call.name == "max", at: range)
    }
    let query = FactProvider.Query(name: call.name, arguments: arguments, range: range)
    if let value = try facts.resolve(query) { return value }
    let known = facts.names + ["min", "max"]
    throw EvaluationProblem.unknownFact(
      call.name, suggestions: DidYouMean.suggestions(for: call.name, among: known)
    ).at(call.nameRange)
  }

  private func extreme(
    of arguments: [FactProvider.Argument], isMaximum: Bool, at range: SourceRange
  ) throws -> Value {
    let function = isMaximum ? "max" : "min"
    var best: Value?
    for argument in arguments {
      let value = argument.value ?? .string(argument.text)
      guard value.number != nil else {
        throw EvaluationProblem.notExtremes(function: function, value).at(argument.range)
      }
      guard let current = best else {
        best = value
        continue
      }
      if try Arithmetic.compare(value, isMaximum ? .greater : .less, current, at: range) {
        best = value
      }
    }
    guard let best else { throw EvaluationProblem.noArguments(function: function).at(range) }
    return best
  }
}
