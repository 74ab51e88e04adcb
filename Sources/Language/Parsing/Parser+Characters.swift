extension Parser {
  var isAtEnd: Bool { position >= bytes.count }

  /// The byte at a distance from the position; 0 behind the end, which no text contains.
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    return index < bytes.count ? bytes[index] : 0
  }

  func range(from start: Int) -> SourceRange { source.range(start, position) }

  /// The range of one byte at the position, or an empty one at the end.
  var here: SourceRange { source.range(position, min(position + 1, bytes.count)) }

  func isNext(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[position..<position + count].elementsEqual($0) }
  }

  /// Skips blanks and continued lines; within parentheses line breaks and comments too.
  mutating func skipBlanks() {
    while true {
      let blank = Lexical.blank(in: bytes, at: position)
      if blank > 0 {
        position += blank
      } else if parentheses > 0, peek() == UInt8(ascii: "\n") {
        position += 1
      } else if parentheses > 0, isAtComment {
        skipComment()
      } else if let next = continuation(at: position) {
        if next == bytes.count, bytes.last != UInt8(ascii: "\n") {
          note(.continuedLine(source.range(position, position + 1)))
        }
        position = next
      } else {
        return
      }
    }
  }

  /// The offset behind a `\` that continues the line, or nil when there is none.
  func continuation(at offset: Int) -> Int? {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\\") else { return nil }
    var index = offset + 1
    while Lexical.blank(in: bytes, at: index) > 0 { index += Lexical.blank(in: bytes, at: index) }
    if index == bytes.count { return index }
    return bytes[index] == UInt8(ascii: "\n") ? index + 1 : nil
  }

  /// A `#` where a word could begin.
  var isAtComment: Bool {
    guard peek() == UInt8(ascii: "#") else { return false }
    guard position > 0 else { return true }
    let before = bytes[position - 1]
    return Lexical.endsWord(before) || before == UInt8(ascii: ",") || isBehindBlank
  }

  private var isBehindBlank: Bool {
    (1...3).contains { length in
      position >= length && Lexical.blank(in: bytes, at: position - length) == length
    }
  }

  mutating func skipComment() {
    while !isAtEnd, peek() != UInt8(ascii: "\n") { position += 1 }
  }

  /// Whether the statement ends here: line break, `;`, `}`, comment or end of text.
  var isAtStatementEnd: Bool {
    switch peek() {
    case 0, UInt8(ascii: "\n"), UInt8(ascii: ";"), UInt8(ascii: "}"): true
    case UInt8(ascii: "#"): isAtComment
    default: false
    }
  }

  /// What stands at the position, for a message, and where.
  func found() -> (what: SyntaxProblem.Found, range: SourceRange) {
    if isAtEnd { return (.endOfInput, source.range(position, position)) }
    if peek() == UInt8(ascii: "\n") || isAtComment {
      return (.endOfLine, source.range(position, position))
    }
    var end = position
    let isName = Lexical.isNameByte(peek())
    while end < bytes.count, Lexical.blank(in: bytes, at: end) == 0, !Lexical.endsWord(bytes[end]),
      !isName || Lexical.isNameByte(bytes[end])
    {
      end += 1
    }
    end = max(end, position + 1)
    return (.text(source.text(in: position..<end)), source.range(position, end))
  }

  /// Remembers the innermost thing that is still open at the end of the text.
  mutating func note(_ open: Incompleteness) {
    if incompleteness == nil { incompleteness = open }
  }

  /// Enters a brace or parenthesis.
  mutating func enter(at range: SourceRange) throws(Diagnostic) {
    depth += 1
    if depth > options.limits.nesting {
      throw SyntaxProblem.nestedTooDeep(limit: options.limits.nesting).at(range)
    }
  }

  mutating func leave() { depth -= 1 }
}
