extension Parser {
  /// Reads one word; an empty range tells that none begins here.
  mutating func word(in context: WordContext) throws(Diagnostic) -> WordSyntax {
    let start = position
    var parts: [WordPart] = []
    while !isAtEnd {
      let byte = peek()
      if Lexical.endsWord(byte) || Lexical.blank(in: bytes, at: position) > 0 { break }
      if context == .list, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { break }
      switch byte {
      case UInt8(ascii: "'"): parts.append(.quoted(rawString()))
      case UInt8(ascii: "\""): parts += try string()
      case UInt8(ascii: "$"): parts.append(try substitution())
      case UInt8(ascii: "\\"):
        guard continuation(at: position) == nil else { return try finish(parts, from: start) }
        throw SyntaxProblem.strayBackslash.at(here)
      default: parts.append(.bare(try bareText(in: context)))
      }
    }
    return try finish(parts, from: start)
  }

  private func finish(_ parts: [WordPart], from start: Int) throws(Diagnostic) -> WordSyntax {
    let range = range(from: start)
    var text = ""
    var isQuoted = false
    for part in parts {
      switch part {
      case .bare(let piece): text += piece
      case .quoted(let piece):
        text += piece
        isQuoted = true
      case .variable, .expression: return WordSyntax(form: .composed(parts), range: range)
      }
    }
    if isQuoted { return WordSyntax(form: .constant(Atom(quoted: text)), range: range) }
    guard let atom = Atom(bare: text) else {
      throw SyntaxProblem.numberTooLarge(text: text).at(range)
    }
    return WordSyntax(form: .constant(atom), range: range)
  }

  private mutating func bareText(in context: WordContext) throws(Diagnostic) -> String {
    let start = position
    while !isAtEnd {
      let byte = peek()
      if Lexical.endsWord(byte) || Lexical.isSpecial(byte) { break }
      if context == .list, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") { break }
      if byte >= 0x80 {
        if Lexical.blank(in: bytes, at: position) > 0 { break }
        try checkTypographicQuote()
      }
      position += 1
    }
    return source.text(in: start..<position)
  }

  /// Refuses “ ” „ ‘ ’ ‚ « », which word processors make of quotes.
  func checkTypographicQuote() throws(Diagnostic) {
    let isGeneral =
      peek() == 0xE2 && peek(1) == 0x80 && (0x98...0x9F).contains(peek(2))
    let isGuillemet = peek() == 0xC2 && (peek(1) == 0xAB || peek(1) == 0xBB)
    guard isGeneral || isGuillemet else { return }
    let range = source.range(position, position + (isGeneral ? 3 : 2))
    throw SyntaxProblem.typographicQuote(range.text.first ?? "\u{201C}").at(range)
  }

  /// `'…'`, where nothing has a special meaning.
  mutating func rawString() -> String {
    let start = position
    position += 1
    while !isAtEnd, peek() != UInt8(ascii: "'") { position += 1 }
    let text = source.text(in: start + 1..<position)
    if isAtEnd {
      note(.openString(source.range(start, start + 1)))
    } else {
      position += 1
    }
    return text
  }

  /// `"…"` with escapes, `$name` and `$( … )`; a `$` before anything else stands for itself.
  mutating func string() throws(Diagnostic) -> [WordPart] {
    let start = position
    position += 1
    var parts: [WordPart] = []
    var text: [UInt8] = []
    while true {
      if isAtEnd {
        note(.openString(source.range(start, start + 1)))
        break
      }
      let byte = peek()
      if byte == UInt8(ascii: "\"") {
        position += 1
        break
      } else if byte == UInt8(ascii: "\\") {
        if let escaped = try escape() { text.append(escaped) }
      } else if byte == UInt8(ascii: "$"), beginsSubstitution(peek(1)) {
        if !text.isEmpty { parts.append(.quoted(String(decoding: text, as: UTF8.self))) }
        text = []
        parts.append(try substitution())
      } else {
        text.append(byte)
        position += 1
      }
    }
    if !text.isEmpty || parts.isEmpty || !parts.contains(where: \.isQuoted) {
      parts.append(.quoted(String(decoding: text, as: UTF8.self)))
    }
    return parts
  }

  private mutating func escape() throws(Diagnostic) -> UInt8? {
    let start = position
    position += 2
    switch peek(-1) {
    case UInt8(ascii: "n"): return UInt8(ascii: "\n")
    case UInt8(ascii: "t"): return UInt8(ascii: "\t")
    case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "$"): return peek(-1)
    case UInt8(ascii: "\n"): return nil
    case 0:
      position = bytes.count
      return nil
    default:
      let rest = source.text(in: start + 1..<min(start + 5, bytes.count))
      let character = rest.first ?? "\\"
      throw SyntaxProblem.unknownEscape(character)
        .at(source.range(start, start + 1 + character.utf8.count))
    }
  }

  private func beginsSubstitution(_ byte: UInt8) -> Bool {
    Lexical.isNameByte(byte) || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "#")
  }

  /// `$( … )`, `$name`, `$1` or `$#`.
  mutating func substitution() throws(Diagnostic) -> WordPart {
    guard peek(1) == UInt8(ascii: "(") else { return .variable(try variable()) }
    position += 1
    return .expression(try parenthesized())
  }

  /// `$name`, `$1` or `$#`.
  mutating func variable() throws(Diagnostic) -> Variable {
    let start = position
    position += 1
    if peek() == UInt8(ascii: "#") {
      position += 1
      return Variable(name: .count, range: range(from: start))
    }
    let isPositional = Lexical.isDigit(peek())
    while isPositional ? Lexical.isDigit(peek()) : Lexical.isNameByte(peek()) { position += 1 }
    let range = range(from: start)
    let text = source.text(in: start + 1..<position)
    guard !text.isEmpty else { throw SyntaxProblem.dollarWithoutName.at(range) }
    guard isPositional else { return Variable(name: .named(text), range: range) }
    guard let number = Int(text) else { throw SyntaxProblem.numberTooLarge(text: text).at(range) }
    return Variable(name: .positional(number), range: range)
  }
}

extension WordPart {
  /// Whether the part shows that its word was written in quotes.
  var isQuoted: Bool { if case .quoted = self { true } else { false } }
}
