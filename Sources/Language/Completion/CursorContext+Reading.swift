extension CursorContext {
  /// Reads the context at an offset of a text, in UTF-8 bytes.
  package init(
    of source: SourceText, at offset: Int, fullVerb: @escaping (String) -> String = { $0 }
  ) {
    let cursor = min(max(0, offset), source.bytes.count)
    self.init(prefixRange: source.range(cursor, cursor))
    let tokens = LooseLexer.tokens(of: source.bytes, limit: cursor)
    var reader = PhraseReader(source: source, fullVerb: fullVerb)
    let last = tokens.last.flatMap { $0.range.upperBound == cursor ? $0 : nil }
    let isTyping = last?.kind == .word || last?.kind == .comment
    for token in isTyping ? tokens.dropLast() : tokens[...] { reader.read(token) }
    enclosing = reader.enclosing
    phrase = reader.phrase
    isInCall = reader.parentheses > 0
    following = Self.items(behind: cursor, of: source)
    locate(isTyping ? last : nil, cursor: cursor, reader: reader)
  }

  private mutating func locate(_ token: LooseToken?, cursor: Int, reader: PhraseReader) {
    let source = prefixRange.source
    var start = token?.valueStart ?? token?.range.lowerBound ?? cursor
    if token?.kind == .comment {
      site = .comment
    } else if reader.isInExpression(typing: token) {
      site = .expression
      start = source.startOfName(before: cursor)
    } else if case .expression? = token?.open {
      site = .expression
      start = source.startOfName(before: cursor)
    } else if let token, let name = source.variableStart(before: cursor, in: token) {
      site = .variable
      start = name
    } else if let token, let valueStart = token.valueStart {
      let key = source.text(in: token.range.lowerBound..<valueStart - 1)
      site = phrase.verb == nil ? .verb : .value(key: key)
    } else if phrase.verb == nil {
      site = .verb
    } else if reader.isBehindRedirect {
      site = .redirect
    } else {
      site = .word(index: phrase.words.count)
    }
    if site != .expression, site != .variable, case .string(let byte, let behind)? = token?.open {
      quote = Character(Unicode.Scalar(byte))
      start = max(start, behind)
    } else if site == .expression, start > 0, source.bytes[start - 1] == UInt8(ascii: "$") {
      site = .variable
    }
    prefixRange = source.range(min(start, cursor), cursor)
    prefix = prefixRange.text
  }

  private static func items(behind cursor: Int, of source: SourceText) -> [Item] {
    var items: [Item] = []
    for token in LooseLexer.tokens(of: source.bytes, limit: source.bytes.count)
    where token.range.lowerBound >= cursor {
      guard token.kind == .word || token.kind == .comma else { break }
      if token.kind == .word { items.append(Item(token, in: source)) }
    }
    return items
  }
}

/// Follows tokens into and out of braces.
private struct PhraseReader {
  let source: SourceText
  let fullVerb: (String) -> String
  var enclosing: [CursorContext.Phrase] = []
  var phrase = CursorContext.Phrase()
  var parentheses = 0
  var isBehindRedirect = false

  mutating func read(_ token: LooseToken) {
    switch token.kind {
    case .word: readWord(CursorContext.Item(token, in: source))
    case .separator: begin()
    case .openBrace:
      enclosing.append(phrase)
      begin()
    case .closeBrace:
      begin()
      phrase = enclosing.popLast() ?? phrase
      phrase.closedBlocks += 1
    case .openParenthesis: parentheses += 1
    case .closeParenthesis: parentheses = max(0, parentheses - 1)
    case .redirect: isBehindRedirect = true
    case .ampersand, .comma, .comment: break
    }
  }

  private mutating func begin() {
    phrase = CursorContext.Phrase()
    parentheses = 0
    isBehindRedirect = false
  }

  private mutating func readWord(_ item: CursorContext.Item) {
    if let verb = phrase.verb?.text, verb == Keyword.time || verb == Keyword.attempt {
      if verb == Keyword.time, phrase.items.isEmpty, item.text.first?.isNumber ?? false {
        phrase.items.append(item)
        return
      }
      begin()
    }
    guard phrase.verb == nil, item.key == nil else {
      phrase.items.append(item)
      return
    }
    let verb = enclosing.isEmpty ? fullVerb(item.text) : item.text
    phrase.verb = CursorContext.Item(key: nil, text: verb, range: item.range)
  }

  /// Whether what comes next belongs to the expression of `let`, `if`, `expect` or `until`.
  func isInExpression(typing token: LooseToken?) -> Bool {
    switch phrase.verb?.text {
    case Keyword.conditional?: phrase.closedBlocks == 0 || phrase.words.last?.text == "if"
    case Keyword.expectation?: true
    case Keyword.binding?:
      token?.valueStart != nil || phrase.items.contains { $0.key != nil || $0.text.hasPrefix("=") }
    case let verb?:
      Keyword.conditionWord(of: verb).map { word in phrase.words.contains { $0.text == word } }
        ?? false
    case nil: false
    }
  }
}

extension CursorContext.Item {
  fileprivate init(_ token: LooseToken, in source: SourceText) {
    let start = token.valueStart ?? token.range.lowerBound
    key = token.valueStart.map { source.text(in: token.range.lowerBound..<$0 - 1) }
    range = source.range(token.range.lowerBound, token.range.upperBound)
    var text = source.text(in: start..<token.range.upperBound)
    if let quote = text.first, quote == "\"" || quote == "'" {
      text.removeFirst()
      if text.last == quote { text.removeLast() }
    }
    self.text = text
  }
}

extension SourceText {
  /// Where the name, or dotted path, that ends at an offset begins.
  fileprivate func startOfName(before offset: Int) -> Int {
    var start = offset
    while start > 0,
      Lexical.isNameByte(bytes[start - 1])
        || (bytes[start - 1] == UInt8(ascii: ".") && start > 1
          && Lexical.isNameByte(bytes[start - 2]))
    {
      start -= 1
    }
    return start
  }

  /// The offset behind the `$` of a variable that is being typed at the end of a token, unless in
  /// `'…'`.
  fileprivate func variableStart(before offset: Int, in token: LooseToken) -> Int? {
    if case .string(UInt8(ascii: "'"), _)? = token.open { return nil }
    var start = offset
    while start > token.range.lowerBound, Lexical.isNameByte(bytes[start - 1]) { start -= 1 }
    guard start > token.range.lowerBound, bytes[start - 1] == UInt8(ascii: "$") else {
      return nil
    }
    return start
  }
}
