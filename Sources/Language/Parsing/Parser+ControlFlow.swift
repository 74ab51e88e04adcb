extension Parser {
  /// `NAME = EXPR`, behind `let`.
  mutating func binding(from start: Int) throws(Diagnostic) -> BindingSyntax {
    let (name, nameRange) = try name(.binding, in: .binding)
    skipBlanks()
    guard peek() == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") else {
      let (what, range) = found()
      throw SyntaxProblem.malformed(.binding, what).at(range)
    }
    position += 1
    let value = try expression()
    try expectExpressionEnd()
    return BindingSyntax(
      name: name, nameRange: nameRange, value: value, range: range(from: start))
  }

  /// `NAME in WORD… { … }`, behind `for`; commas between the words count as blanks.
  mutating func loop(from start: Int) throws(Diagnostic) -> LoopSyntax {
    let (name, nameRange) = try name(.loop, in: .loop)
    skipBlanks()
    let keyword = found()
    guard case .text("in") = keyword.what else {
      throw SyntaxProblem.malformed(.loop, keyword.what).at(keyword.range)
    }
    position += 2
    var items: [WordSyntax] = []
    while true {
      skipBlanks()
      if peek() == UInt8(ascii: ",") {
        position += 1
      } else if peek() == UInt8(ascii: "{") {
        break
      } else {
        let item = try word(in: .list)
        guard !item.range.isEmpty else {
          let (what, range) = found()
          throw SyntaxProblem.malformed(.loop, what).at(range)
        }
        items.append(item)
      }
    }
    guard !items.isEmpty else { throw SyntaxProblem.malformed(.loop, .text("{")).at(here) }
    let body = try block()
    return LoopSyntax(
      name: name, nameRange: nameRange, items: items, body: body, range: range(from: start))
  }

  /// `EXPR { … } else …`, behind `if`.
  mutating func conditional(from start: Int) throws(Diagnostic) -> ConditionalSyntax {
    var branches: [ConditionalSyntax.Branch] = []
    while true {
      let condition = try expression()
      let body = try requiredBlock()
      branches.append(ConditionalSyntax.Branch(condition: condition, body: body))
      guard skipWord(Keyword.otherwise) else {
        return ConditionalSyntax(branches: branches, otherwise: nil, range: range(from: start))
      }
      guard skipWord(Keyword.conditional) else { break }
    }
    let otherwise = try requiredBlock()
    return ConditionalSyntax(branches: branches, otherwise: otherwise, range: range(from: start))
  }

  /// `EXPR ["message"]`, behind `expect`.
  mutating func expectation(_ verb: WordSyntax) throws(Diagnostic) -> CommandSyntax {
    var command = CommandSyntax(verb: verb, range: verb.range)
    command.condition = try expression()
    skipBlanks()
    if peek() == UInt8(ascii: "\"") || peek() == UInt8(ascii: "'") {
      command.words = [try word(in: .command)]
    }
    try expectExpressionEnd()
    command.range = range(from: verb.range.lowerBound)
    return command
  }

  private mutating func requiredBlock() throws(Diagnostic) -> Block {
    skipBlanks()
    guard peek() == UInt8(ascii: "{") else {
      let problem = operatorProblem()
      if problem.replacement != nil { throw problem }
      let (what, range) = found()
      throw SyntaxProblem.malformed(.conditional, what).at(range)
    }
    return try block()
  }

  /// Skips a given word if it comes next; else stays in place.
  private mutating func skipWord(_ word: String) -> Bool {
    let start = position
    skipBlanks()
    let next = found()
    if next.what == .text(word) {
      position = next.range.upperBound
      return true
    }
    position = start
    return false
  }

  private mutating func name(
    _ naming: SyntaxProblem.Naming, in form: SyntaxProblem.Form
  ) throws(Diagnostic) -> (String, SourceRange) {
    skipBlanks()
    guard !isAtStatementEnd, peek() != UInt8(ascii: "=") else {
      let (what, range) = found()
      throw SyntaxProblem.malformed(form, what).at(range)
    }
    let start = position
    while !isAtEnd, !Lexical.endsWord(peek()), peek() != UInt8(ascii: "="),
      Lexical.blank(in: bytes, at: position) == 0
    {
      position += 1
    }
    let range = range(from: start)
    try checkName(range.text, naming, at: range)
    return (range.text, range)
  }

  func checkName(
    _ name: String, _ naming: SyntaxProblem.Naming, at range: SourceRange
  ) throws(Diagnostic) {
    guard Lexical.isIdentifier(name) else {
      throw SyntaxProblem.notAName(naming, text: name).at(range)
    }
    let reserved =
      naming == .definition ? Keyword.reservedVerbs : Keyword.reservedInExpressions
    if reserved.contains(name) {
      throw SyntaxProblem.keywordAsName(naming, text: name).at(range)
    }
  }
}
