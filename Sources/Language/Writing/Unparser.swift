/// Writes values, words and layers as text that reads back as the same.
package enum Unparser {
  /// Bare where that reads back as the same value, else in quotes.
  package static func text(of atom: Atom) -> String {
    if case .string = atom.value { return text(of: atom.value) }
    return Atom(bare: atom.text)?.value == atom.value ? atom.text : text(of: atom.value)
  }

  /// Bare where that reads back as the same value, else in quotes.
  package static func text(of value: Value) -> String {
    guard case .string(let text) = value else { return value.description }
    return isBare(text) ? text : quoted(text)
  }

  /// An option such as `stride=2`.
  package static func text(of option: Option) -> String {
    "\(option.name)=\(text(of: option.value.atom))"
  }

  /// A text in quotes, with escapes where needed.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\", "$": result += "\\\(character)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }

  /// A layer on one line: `residual act=relu { conv 10 3; bn }`; a call of a definition as the
  /// call.
  package static func line(of specification: Specification) -> String {
    var parts = head(of: specification)
    if specification.form == .written {
      for block in specification.blocks {
        let inner = block.map(line(of:)).joined(separator: "; ")
        parts.append(inner.isEmpty ? "{ }" : "{ \(inner) }")
      }
    }
    return parts.joined(separator: " ")
  }

  /// Layers one to a line, blocks indented by two blanks; without a final line break.
  package static func text(of specifications: [Specification], indent: Int = 0) -> String {
    specifications.map { text(of: $0, indent: indent) }.joined(separator: "\n")
  }

  private static func text(of specification: Specification, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    var text = margin + head(of: specification).joined(separator: " ")
    guard specification.form == .written else { return text }
    for block in specification.blocks {
      text += block.isEmpty ? " { }" : " {\n\(Self.text(of: block, indent: indent + 2))\n\(margin)}"
    }
    return text
  }

  private static func head(of specification: Specification) -> [String] {
    [verb(specification.kind.text)] + specification.words.map { text(of: $0.atom) }
      + specification.options.map(text(of:))
  }

  /// A first word, in quotes where the grammar would take it for something else.
  private static func verb(_ text: String) -> String {
    let isSpecial = text.hasSuffix("?") || Keyword.reservedVerbs.contains(text)
    return isSpecial || !isBare(text) ? quoted(text) : text
  }

  /// Whether a text, written without quotes, is one word and stands for itself.
  private static func isBare(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, first != UInt8(ascii: "#"), first != UInt8(ascii: "="),
      text != Keyword.until, text != Keyword.filter, Atom(bare: text)?.value == .string(text)
    else { return false }
    var isOptionName = Lexical.isLetter(first)
    for (offset, byte) in bytes.enumerated() {
      if Lexical.endsWord(byte) || Lexical.isSpecial(byte) || byte < 0x20 || byte == 0x7F {
        return false
      }
      if byte >= 0x80, Lexical.blank(in: bytes, at: offset) > 0 { return false }
      if isOptionName, byte == UInt8(ascii: "=") { return false }
      if !Lexical.isNameByte(byte), byte != UInt8(ascii: "-") { isOptionName = false }
    }
    return !text.unicodeScalars.contains { Lexical.isTypographicQuote($0) }
  }
}
