extension Parser {
  /// Reads `(10, 3, stride=2)` when it directly follows a bare name: a call as pasted from Python
  /// is words.
  ///
  /// Line breaks within the parentheses count as blanks, blanks round `=` are allowed, `True`,
  /// `False` and `None` mean `yes`, `no` and `none`, and a tuple such as `(3, 5)` is the shape
  /// `3x5`.
  mutating func callArguments(
    behind name: WordSyntax, into command: inout CommandSyntax
  ) throws(Diagnostic) {
    guard peek() == UInt8(ascii: "("), case .constant(let atom) = name.form,
      atom.kind == .name || atom.kind == .path
    else { return }
    let parenthesis = here
    try enter(at: parenthesis)
    parentheses += 1
    defer {
      parentheses -= 1
      leave()
    }
    position += 1
    while true {
      skipBlanks()
      if isAtEnd {
        note(.openParenthesis(parenthesis))
        return
      }
      if peek() == UInt8(ascii: ")") {
        position += 1
        return
      }
      try callArgument(into: &command)
      skipBlanks()
      switch peek() {
      case UInt8(ascii: ","): position += 1
      case UInt8(ascii: ")"), 0: break
      default:
        let (what, range) = found()
        throw SyntaxProblem.expectedComma(what).at(range)
      }
    }
  }

  private mutating func callArgument(into command: inout CommandSyntax) throws(Diagnostic) {
    let start = position
    var length = 0
    if Lexical.isLetter(peek()) {
      while Lexical.isNameByte(peek(length)) { length += 1 }
    }
    let name = source.range(start, start + length)
    position += length
    skipBlanks()
    if length > 0, peek() == UInt8(ascii: "="), peek(1) != UInt8(ascii: "=") {
      position += 1
      skipBlanks()
      let value = try requiredArgument()
      command.options.append(OptionSyntax(name: name.text, nameRange: name, value: value))
    } else {
      position = start
      command.words.append(try requiredArgument())
    }
  }

  private mutating func requiredArgument() throws(Diagnostic) -> WordSyntax {
    let value = try argument(in: .list)
    guard value.range.isEmpty else { return value }
    let (what, range) = found()
    if isAtEnd { return value }
    throw SyntaxProblem.expectedArgument(what).at(range)
  }

  /// A word that is the value of an option or an argument of a call.
  mutating func argument(in context: WordContext) throws(Diagnostic) -> WordSyntax {
    if context == .list, peek() == UInt8(ascii: "(") || peek() == UInt8(ascii: "[") {
      return try tuple()
    }
    let word = try word(in: context)
    if peek() == UInt8(ascii: "("), !word.range.isEmpty {
      throw SyntaxProblem.callInCall(name: word.range.text).at(word.range)
    }
    guard context == .list, let text = word.bareText, let ours = Self.pythonWords[text],
      let atom = Atom(bare: ours)
    else { return word }
    return WordSyntax(form: .constant(atom), range: word.range)
  }

  private static let pythonWords = ["True": "yes", "False": "no", "None": "none"]

  /// `(3, 5)` or `[3, 5]`: the shape `3x5`.
  private mutating func tuple() throws(Diagnostic) -> WordSyntax {
    let start = position
    var extents: [Int] = []
    position += 1
    while true {
      skipBlanks()
      switch peek() {
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        position += 1
        guard let first = extents.first else {
          throw SyntaxProblem.malformedTuple.at(range(from: start))
        }
        let value = extents.count == 1 ? Value.integer(first) : .shape(extents)
        return WordSyntax(form: .constant(Atom(value)), range: range(from: start))
      case UInt8(ascii: ","): position += 1
      case 0:
        note(.openParenthesis(source.range(start, start + 1)))
        let value = extents.isEmpty ? Value.none : .shape(extents)
        return WordSyntax(form: .constant(Atom(value)), range: range(from: start))
      default:
        let word = try word(in: .list)
        guard case .constant(let atom) = word.form, case .integer(let extent) = atom.value else {
          throw SyntaxProblem.malformedTuple.at(range(from: start))
        }
        extents.append(extent)
      }
    }
  }
}
