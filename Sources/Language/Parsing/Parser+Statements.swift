extension Parser {
  /// Reads statements up to the end of the text, or to the `}` that closes `brace`, which it
  /// consumes.
  mutating func statements(inside brace: SourceRange?) throws(Diagnostic) -> [Statement] {
    var statements: [Statement] = []
    while true {
      skipSeparators()
      if isAtEnd {
        if let brace { note(.openBrace(brace)) }
        return statements
      }
      if peek() == UInt8(ascii: "}") {
        guard brace != nil else { throw SyntaxProblem.unmatchedBrace.at(here) }
        position += 1
        return statements
      }
      statements.append(try statement())
      try expectStatementEnd()
    }
  }

  /// Reads `{ … }` at the position.
  mutating func block() throws(Diagnostic) -> Block {
    let start = position
    let brace = here
    try enter(at: brace)
    position += 1
    let statements = try statements(inside: brace)
    leave()
    return Block(statements: statements, range: range(from: start))
  }

  private mutating func skipSeparators() {
    while true {
      skipBlanks()
      switch peek() {
      case UInt8(ascii: "\n"), UInt8(ascii: ";"): position += 1
      case UInt8(ascii: "#") where isAtComment: skipComment()
      default: return
      }
    }
  }

  /// After a statement comes a separator; only a block may be followed by more on its line.
  private mutating func expectStatementEnd() throws(Diagnostic) {
    skipBlanks()
    guard !isAtStatementEnd else { return }
    let (what, range) = found()
    if case .text(Keyword.otherwise) = what { throw SyntaxProblem.elseWithoutIf.at(range) }
    throw SyntaxProblem.expectedSeparator(what).at(range)
  }

  /// Reads one statement; the position is at its first character.
  mutating func statement() throws(Diagnostic) -> Statement {
    let start = position
    do throws(Diagnostic) {
      return try plainStatement()
    } catch {
      var diagnostic = error
      diagnostic.offerReplacement(in: source.range(start, endOfStatement(from: start)))
      throw diagnostic
    }
  }

  /// Where a statement that could not be read seems to end on its line.
  private func endOfStatement(from start: Int) -> Int {
    var braces = 0
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == UInt8(ascii: "{") { braces += 1 }
      if bytes[end] == UInt8(ascii: "}") { braces -= 1 }
      if braces < 0 || (braces == 0 && bytes[end] == UInt8(ascii: ";")) { break }
      end += 1
    }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return end
  }

  private mutating func plainStatement() throws(Diagnostic) -> Statement {
    statementCount += 1
    if statementCount > options.limits.statements {
      throw SyntaxProblem.tooManyStatements(limit: options.limits.statements).at(here)
    }
    try checkStatementStart()
    let start = position
    let typed = try word(in: .command)
    let verb = fullVerb(of: typed)
    if let text = verb.bareText {
      try checkAssignment(text, verb: verb)
      switch text {
      case Keyword.binding: return .binding(try binding(from: start))
      case Keyword.loop: return .loop(try loop(from: start))
      case Keyword.conditional: return .conditional(try conditional(from: start))
      case Keyword.definition: return .definition(try definition(verb))
      case Keyword.attempt:
        let body = try blockOrCommand(.attempt)
        return .attempt(body, range(from: start))
      case Keyword.time:
        var command = CommandSyntax(verb: verb, range: verb.range)
        skipBlanks()
        if isAtRepeats { command.words = [try word(in: .command)] }
        skipBlanks()
        if !isAtStatementEnd { command.blocks = [try blockOrCommand(.attempt)] }
        command.range = range(from: start)
        return .command(command)
      case Keyword.expectation: return .command(try expectation(verb))
      case Keyword.otherwise: throw SyntaxProblem.elseWithoutIf.at(verb.range)
      default: break
      }
    }
    return .command(try command(verb))
  }

  /// The verb that an abbreviation outside all braces stands for, at the place where it was typed.
  private func fullVerb(of typed: WordSyntax) -> WordSyntax {
    guard depth == 0, let text = typed.bareText else { return typed }
    let verb = options.fullVerb(text)
    guard verb != text, let atom = Atom(bare: verb) else { return typed }
    return WordSyntax(form: .constant(atom), range: typed.range)
  }

  private func checkStatementStart() throws(Diagnostic) {
    switch peek() {
    case UInt8(ascii: "{"): throw SyntaxProblem.blockWithoutCommand.at(here)
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "&"),
      UInt8(ascii: "="):
      let (what, range) = found()
      throw SyntaxProblem.expectedCommand(what).at(range)
    default: return
    }
  }

  /// Catches `x=3` and `x = 3`, which name no command.
  private mutating func checkAssignment(_ text: String, verb: WordSyntax) throws(Diagnostic) {
    let name = String(text.prefix { $0 != "=" })
    guard Lexical.isIdentifier(name), !Keyword.reservedVerbs.contains(name) else { return }
    let end = position
    position = verb.range.lowerBound + name.utf8.count
    skipBlanks()
    if peek() == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") {
      throw SyntaxProblem.assignmentWithoutLet(name: name).at(
        source.range(verb.range.lowerBound, position + 1))
    }
    position = end
  }

  /// The bare text that follows on the line, for an offer.
  mutating func nextWordText() -> String {
    skipBlanks()
    let start = position
    while !isAtEnd, !Lexical.endsWord(peek()), !isAtComment { position += 1 }
    return source.text(in: start..<position)
  }

  /// Whether a number comes next, or what stands for one: no command begins so.
  private var isAtRepeats: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek()) || peek() == UInt8(ascii: "$")
  }

  /// `{ … }`, or one command that stands for a block of itself.
  private mutating func blockOrCommand(_ form: SyntaxProblem.Form) throws(Diagnostic) -> Block {
    skipBlanks()
    if peek() == UInt8(ascii: "{") { return try block() }
    if isAtStatementEnd {
      let (what, range) = found()
      throw SyntaxProblem.malformed(form, what).at(range)
    }
    let start = position
    try enter(at: here)
    let statement = try statement()
    leave()
    return Block(statements: [statement], range: range(from: start))
  }
}
