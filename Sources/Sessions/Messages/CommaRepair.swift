import Language

/// What was meant where words, or blocks in braces, are set apart by commas, as other languages do.
enum CommaRepair {
  /// Bytes of a text that is looked at, since every error asks for it.
  static let mostBytes = 500

  /// One command with its commas left out, or in braces made to semicolons; nothing where it has none.
  ///
  /// There is nothing for loops and for more commands, either. Commas in parentheses, in quotes and within words stay.
  static func text(of typed: String) -> String? {
    var repaired = ""
    var (braces, parentheses) = (0, 0)
    var quote: Character?
    var hasCommas = false
    let characters = Array(typed)
    for (index, character) in characters.enumerated() {
      if let open = quote {
        if character == open { quote = nil }
      } else {
        switch character {
        case "\"", "'": quote = character
        case "{": braces += 1
        case "}": braces -= 1
        case "(", "[": parentheses += 1
        case ")", "]": parentheses -= 1
        case ",":
          let isLast = index + 1 == characters.count
          guard parentheses == 0, isLast || characters[index + 1].isWhitespace else { break }
          hasCommas = true
          if braces > 0 { repaired.append(";") }
          continue
        default: break
        }
      }
      repaired.append(character)
    }
    guard hasCommas, let statements = try? Parser.parse(file: SourceText(text: repaired)),
      statements.count == 1, case .command = statements[0]
    else { return nil }
    return repaired
  }
}
