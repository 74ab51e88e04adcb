extension Parser {
  /// Where a word stands, which decides what ends it.
  enum WordContext {
    case command
    /// Between commas: the arguments of a call and the list of `for`.
    case list
  }

  /// Reads the words, options, blocks and endings behind a verb.
  mutating func command(_ verb: WordSyntax) throws(Diagnostic) -> CommandSyntax {
    var command = CommandSyntax(verb: verb, range: verb.range)
    if let text = verb.bareText, text.hasSuffix("?") {
      askForHelp(about: text, in: &command)
    } else {
      try callArguments(behind: verb, into: &command)
    }
    var end = position
    let conditionWord = Keyword.conditionWord(of: verb.bareText ?? "")
    while true {
      skipBlanks()
      if isAtStatementEnd { break }
      switch peek() {
      case UInt8(ascii: "{"): command.blocks.append(try block())
      case UInt8(ascii: ">"): try redirect(in: &command)
      case UInt8(ascii: "&"): try ampersand(in: &command)
      default:
        if let conditionWord, found().what == .text(conditionWord) {
          position += conditionWord.utf8.count
          command.condition = try expression()
          try expectConditionEnd()
        } else {
          try item(into: &command, context: .command)
        }
      }
      end = position
    }
    command.range = source.range(verb.range.lowerBound, end)
    try checkOptions(of: command)
    return command
  }

  /// `conv?` is `help conv`, and `?` is `help`.
  private func askForHelp(about text: String, in command: inout CommandSyntax) {
    let range = command.verb.range
    let topic = String(text.dropLast())
    guard let help = Atom(bare: Keyword.help) else { return }
    command.verb = WordSyntax(form: .constant(help), range: range)
    guard !topic.isEmpty, let atom = Atom(bare: topic) else { return }
    let place = source.range(range.lowerBound, range.upperBound - 1)
    command.words = [WordSyntax(form: .constant(atom), range: place)]
  }

  /// Reads an option, a word or a call at the position.
  mutating func item(
    into command: inout CommandSyntax, context: WordContext
  ) throws(Diagnostic) {
    if peek() == UInt8(ascii: "=") { throw blankAtEqualSign(behind: command.words.last) }
    if let name = optionName() {
      try option(name, into: &command, context: context)
      return
    }
    let word = try word(in: context)
    guard !word.range.isEmpty else { throw strayCharacter() }
    command.words.append(word)
    if context == .command { try callArguments(behind: word, into: &command) }
  }

  /// The problem of `stride = 2`, with the position at its `=`.
  private mutating func blankAtEqualSign(behind word: WordSyntax?) -> Diagnostic {
    let sign = here
    guard let word, let name = word.bareText, Lexical.isIdentifier(name) else {
      return SyntaxProblem.strayEqualSign.at(sign)
    }
    position += 1
    let value = nextWordText()
    let end = value.isEmpty ? sign : range(from: position)
    return SyntaxProblem.blankAtEqualSign(name: name, value: value).at(word.range.extended(to: end))
  }

  private func strayCharacter() -> Diagnostic {
    let (what, range) = found()
    switch peek() {
    case UInt8(ascii: "("), UInt8(ascii: ")"):
      return SyntaxProblem.strayParenthesis(Character(Unicode.Scalar(peek()))).at(here)
    default: return SyntaxProblem.expectedArgument(what).at(range)
    }
  }

  /// The range of the name before `=` when an option begins here.
  private func optionName() -> SourceRange? {
    guard Lexical.isLetter(peek()) else { return nil }
    var length = 1
    while Lexical.isNameByte(peek(length)) || peek(length) == UInt8(ascii: "-") { length += 1 }
    guard peek(length) == UInt8(ascii: "=") else { return nil }
    return source.range(position, position + length)
  }

  private mutating func option(
    _ name: SourceRange, into command: inout CommandSyntax, context: WordContext
  ) throws(Diagnostic) {
    position = name.upperBound + 1
    if peek() == UInt8(ascii: "=") {
      position = name.lowerBound
      let text = nextWordText()
      throw SyntaxProblem.comparisonInWords(text: text).at(range(from: name.lowerBound))
    }
    let value = try argument(in: context)
    if value.range.isEmpty {
      let sign = source.range(name.lowerBound, name.upperBound + 1)
      let isSpaced = !isAtStatementEnd && Lexical.blank(in: bytes, at: position) > 0
      let next = isSpaced ? nextWordText() : ""
      throw next.isEmpty
        ? SyntaxProblem.missingOptionValue(name: name.text).at(sign)
        : SyntaxProblem.blankAtEqualSign(name: name.text, value: next)
          .at(sign.extended(to: range(from: position)))
    }
    command.options.append(OptionSyntax(name: name.text, nameRange: name, value: value))
  }

  private func checkOptions(of command: CommandSyntax) throws(Diagnostic) {
    var names: Set<String> = []
    for option in command.options where !names.insert(option.name).inserted {
      throw SyntaxProblem.duplicateOption(name: option.name).at(option.nameRange)
    }
  }

  private mutating func redirect(in command: inout CommandSyntax) throws(Diagnostic) {
    let sign = here
    position += 1
    skipBlanks()
    let path = try word(in: .command)
    guard !path.range.isEmpty else { throw SyntaxProblem.missingRedirectPath.at(sign) }
    command.redirect = path
    skipBlanks()
    guard isAtStatementEnd || peek() == UInt8(ascii: "&") else {
      throw SyntaxProblem.wordBehindRedirect.at(found().range)
    }
  }

  private mutating func ampersand(in command: inout CommandSyntax) throws(Diagnostic) {
    let sign = here
    position += 1
    skipBlanks()
    guard isAtStatementEnd else { throw SyntaxProblem.wordBehindAmpersand.at(sign) }
    command.isBackground = true
  }
}
