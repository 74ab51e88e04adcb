/// The ends of words in a line, as vi's keys `e` and `E` look for them.
///
/// Readline never finds the one before characters without columns at the end of a line, such as accents.
package enum WordEnd {
  /// What letters, marks and blanks are to words.
  private enum Kind { case blank, word, other }

  /// The offset in bytes of the last character of the word that ends after an offset: of the last word where
  /// the line ends first.
  ///
  /// Words are runs of letters, digits and `_`, or of other marks; where `isBig`, of whatever is not blank.
  package static func offset(in line: String, after start: Int, isBig: Bool) -> Int {
    let characters = Array(line)
    guard let last = characters.last else { return 0 }
    var offsets: [Int] = []
    var size = 0
    for character in characters {
      offsets.append(size)
      size += character.utf8.count
    }
    guard start < size - last.utf8.count else { return max(0, size - last.utf8.count) }
    func kind(_ index: Int) -> Kind {
      let character = characters[index]
      if character.isWhitespace { return .blank }
      return isBig || character.isLetter || character.isNumber || character == "_" ? .word : .other
    }
    var index = (offsets.lastIndex { $0 <= start } ?? 0) + 1
    while index < characters.count, kind(index) == .blank { index += 1 }
    guard index < characters.count else { return size - last.utf8.count }
    while index + 1 < characters.count, kind(index + 1) == kind(index) { index += 1 }
    return offsets[index]
  }
}
