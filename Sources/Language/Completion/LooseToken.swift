/// A token of a line that may be unfinished or wrong.
struct LooseToken: Equatable {
  enum Kind: Equatable {
    case word
    case comment
    case separator
    case openBrace, closeBrace
    case openParenthesis, closeParenthesis, comma
    case redirect, ampersand
  }

  let kind: Kind
  let range: Range<Int>
  /// The end of `name=` when the word is an option.
  var valueStart: Int?
  /// The innermost part of the word that its end leaves open.
  var open: Open?

  /// What a word leaves open at its end.
  enum Open: Equatable {
    /// A string, with its quote and the offset behind it.
    case string(UInt8, start: Int)
    /// A `$( …`, with the offset behind the parenthesis.
    case expression(start: Int)
  }
}

/// Splits text into loose tokens; never fails, and reads no further than `limit`.
struct LooseLexer {
  private let bytes: [UInt8]
  private let limit: Int
  private var position = 0
  private var parentheses = 0

  /// - Parameter limit: the offset at which the text is taken to end.
  static func tokens(of bytes: [UInt8], limit: Int) -> [LooseToken] {
    var lexer = LooseLexer(bytes: bytes, limit: min(max(0, limit), bytes.count))
    var tokens: [LooseToken] = []
    while let token = lexer.next(behind: tokens.last) { tokens.append(token) }
    return tokens
  }

  private init(bytes: [UInt8], limit: Int) {
    self.bytes = bytes
    self.limit = limit
  }

  private func peek(_ distance: Int = 0) -> UInt8 {
    position + distance < limit ? bytes[position + distance] : 0
  }

  private mutating func next(behind last: LooseToken?) -> LooseToken? {
    let isJoined = last?.range.upperBound == position && last?.kind == .word
    skipBlanks()
    while parentheses > 0, peek() == UInt8(ascii: "\n") {
      position += 1
      skipBlanks()
    }
    guard position < limit else { return nil }
    let start = position
    switch peek() {
    case UInt8(ascii: "\n"), UInt8(ascii: ";"): return single(.separator)
    case UInt8(ascii: "{"):
      parentheses = 0
      return single(.openBrace)
    case UInt8(ascii: "}"):
      parentheses = 0
      return single(.closeBrace)
    case UInt8(ascii: ">"): return single(.redirect)
    case UInt8(ascii: "&"): return single(.ampersand)
    case UInt8(ascii: "("):
      if isJoined || parentheses > 0 { parentheses += 1 }
      return single(.openParenthesis)
    case UInt8(ascii: ")"):
      parentheses = max(0, parentheses - 1)
      return single(.closeParenthesis)
    case UInt8(ascii: ",") where parentheses > 0: return single(.comma)
    case UInt8(ascii: "#"):
      while position < limit, peek() != UInt8(ascii: "\n") { position += 1 }
      return LooseToken(kind: .comment, range: start..<position)
    default: return word()
    }
  }

  private mutating func single(_ kind: LooseToken.Kind) -> LooseToken {
    position += 1
    return LooseToken(kind: kind, range: position - 1..<position)
  }

  private mutating func skipBlanks() {
    while position < limit {
      let blank = Lexical.blank(in: bytes, at: position)
      if blank > 0 {
        position = min(limit, position + blank)
      } else if peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "\n") {
        position += 2
      } else if peek() == UInt8(ascii: "\\"), position + 1 == limit {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func word() -> LooseToken {
    let start = position
    var valueStart: Int?
    var open: LooseToken.Open?
    if Lexical.isLetter(peek()) {
      var length = 1
      while Lexical.isNameByte(peek(length)) || peek(length) == UInt8(ascii: "-") { length += 1 }
      if peek(length) == UInt8(ascii: "="), peek(length + 1) != UInt8(ascii: "=") {
        position += length + 1
        valueStart = position
      }
    }
    while position < limit, open == nil {
      let byte = peek()
      if Lexical.endsWord(byte) || Lexical.blank(in: bytes, at: position) > 0 { break }
      if parentheses > 0, byte == UInt8(ascii: ",") { break }
      if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "\n") { break }
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        open = skipString()
      } else if byte == UInt8(ascii: "$"), peek(1) == UInt8(ascii: "(") {
        open = skipExpression()
      } else {
        position += 1
      }
    }
    return LooseToken(
      kind: .word, range: start..<position, valueStart: valueStart, open: open)
  }

  /// Skips a string; an expression within it that stays open is found first.
  private mutating func skipString() -> LooseToken.Open? {
    let quote = peek()
    position += 1
    let start = position
    while position < limit {
      let byte = peek()
      if byte == quote {
        position += 1
        return nil
      }
      if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\") {
        position = min(limit, position + 2)
      } else if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "$"),
        peek(1) == UInt8(ascii: "(")
      {
        if let open = skipExpression() { return open }
      } else {
        position += 1
      }
    }
    return .string(quote, start: start)
  }

  /// Skips `$( … )` with the parentheses and strings inside.
  private mutating func skipExpression() -> LooseToken.Open? {
    position += 2
    var starts = [position]
    while position < limit {
      switch peek() {
      case UInt8(ascii: "("):
        position += 1
        starts.append(position)
      case UInt8(ascii: ")"):
        position += 1
        starts.removeLast()
        if starts.isEmpty { return nil }
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        let quote = peek()
        position += 1
        while position < limit, peek() != quote { position += 1 }
        position = min(limit, position + 1)
      default: position += 1
      }
    }
    return .expression(start: starts.first ?? position)
  }
}
