/// Where vi's keys for words and brackets go in a line, as offsets in bytes.
///
/// Readline's own go round for ever where the line ends in characters without columns, such as accents.
package struct ViMotions {
  /// What words and brackets are made of.
  private enum Kind { case blank, word, other }

  private let characters: [Character]

  /// The offset of each character, and of the end behind them.
  private let offsets: [Int]

  /// Reads a line.
  package init(_ line: String) {
    characters = Array(line)
    var offsets = [0]
    for character in characters {
      offsets.append(offsets[offsets.count - 1] + character.utf8.count)
    }
    self.offsets = offsets
  }

  /// The last character of the word that ends after an offset: of the last word where the line ends first.
  ///
  /// Words are runs of letters, digits and `_`, or of other marks; where `isBig`, of whatever is not blank.
  package func wordEnd(after offset: Int, isBig: Bool) -> Int {
    let last = characters.count - 1
    guard last >= 0 else { return 0 }
    var index = index(of: offset) + 1
    while index < last, kind(index, isBig) == .blank { index += 1 }
    while index < last, kind(index + 1, isBig) == kind(index, isBig) { index += 1 }
    return offsets[min(index, last)]
  }

  /// The first character of the word that begins after an offset, or the end of the line.
  package func wordStart(after offset: Int, isBig: Bool) -> Int {
    var index = index(of: offset)
    guard index < characters.count else { return offsets[characters.count] }
    let first = kind(index, isBig)
    while index < characters.count, first != .blank, kind(index, isBig) == first { index += 1 }
    while index < characters.count, kind(index, isBig) == .blank { index += 1 }
    return offsets[index]
  }

  /// The bracket that belongs to the first one from an offset on; nothing where there is none.
  package func match(from offset: Int) -> Int? {
    let pairs: [(open: Character, close: Character)] = [("(", ")"), ("[", "]"), ("{", "}")]
    for start in index(of: offset)..<max(index(of: offset), characters.count) {
      for pair in pairs where characters[start] == pair.open || characters[start] == pair.close {
        let step = characters[start] == pair.open ? 1 : -1
        var (depth, index) = (0, start)
        while characters.indices.contains(index) {
          if characters[index] == pair.open { depth += 1 }
          if characters[index] == pair.close { depth -= 1 }
          if depth == 0 { return offsets[index] }
          index += step
        }
        return nil
      }
    }
    return nil
  }

  /// The character that an offset lies in.
  private func index(of offset: Int) -> Int { offsets.lastIndex { $0 <= offset } ?? 0 }

  private func kind(_ index: Int, _ isBig: Bool) -> Kind {
    let character = characters[index]
    if character.isWhitespace { return .blank }
    return isBig || character.isLetter || character.isNumber || character == "_" ? .word : .other
  }
}
