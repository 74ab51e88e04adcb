/// Reads text into statements: recursive descent over UTF-8, one byte of look-ahead, no
/// backtracking beyond a word.
///
/// Throws the first mistake as a `Diagnostic`. Text that merely stops too early is no mistake: see
/// `Incompleteness`.
package struct Parser {
  let source: SourceText
  let bytes: [UInt8]
  let options: ParserOptions
  var position = 0
  /// Braces and parentheses open round the current position.
  var depth = 0
  /// Parentheses open within the current expression or call: line breaks count as blanks.
  var parentheses = 0
  var statementCount = 0
  var incompleteness: Incompleteness?

  /// Reads a line, or several, typed at a prompt; open ends are reported, not thrown.
  package static func parse(
    _ source: SourceText, options: ParserOptions = ParserOptions()
  ) throws(Diagnostic) -> ParseResult {
    var parser = Parser(source: source, options: options)
    try parser.checkText()
    let statements = try parser.statements(inside: nil)
    return ParseResult(statements: statements, incompleteness: parser.incompleteness)
  }

  /// Reads a whole command file, where open ends are mistakes.
  package static func parse(
    file source: SourceText, options: ParserOptions = ParserOptions()
  ) throws(Diagnostic) -> [Statement] {
    let result = try parse(source, options: options)
    if let incompleteness = result.incompleteness {
      throw SyntaxProblem.open(incompleteness).at(incompleteness.range)
    }
    return result.statements
  }

  private init(source: SourceText, options: ParserOptions) {
    self.source = source
    self.options = options
    bytes = source.bytes
  }

  /// Refuses what is too large, and control characters anywhere.
  private func checkText() throws(Diagnostic) {
    let limits = options.limits
    if bytes.count > limits.fileSize {
      throw SyntaxProblem.fileTooLarge(bytes: bytes.count, limit: limits.fileSize)
        .at(source.range(0, 0))
    }
    var lineStart = 0
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\n") { lineStart = offset + 1 }
      if offset - lineStart >= limits.lineLength {
        let length = source.bytes(ofLine: source.line(at: offset)).count
        throw SyntaxProblem.lineTooLong(bytes: length, limit: limits.lineLength)
          .at(source.range(lineStart, lineStart))
      }
      let isC1 = byte == 0xC2 && offset + 1 < bytes.count && bytes[offset + 1] < 0xA0
      if byte < 0x20 && !(9...10).contains(byte) && byte != 13 || byte == 0x7F || isC1 {
        throw SyntaxProblem.controlCharacter(UInt32(isC1 ? bytes[offset + 1] : byte))
          .at(source.range(offset, offset + (isC1 ? 2 : 1)))
      }
    }
  }
}

extension Incompleteness {
  /// Where the part that was left open begins.
  package var range: SourceRange {
    switch self {
    case .openBrace(let range), .openParenthesis(let range), .openString(let range),
      .continuedLine(let range):
      range
    }
  }
}
