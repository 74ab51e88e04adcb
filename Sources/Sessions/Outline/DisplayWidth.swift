/// How many terminal columns text takes, by a table of our own that needs no locale.
///
/// A character counts by its first scalar: 0 for combining marks and format characters, 2 for wide
/// East Asian characters and emoji, 1 otherwise. Ambiguous characters (`×`, `⊕`, box drawing) are 1.
package enum DisplayWidth {
  /// Columns of one scalar: 0, 1 or 2; controls count 0.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x7F { return value < 0x20 ? 0 : 1 }
    if value < 0x300 { return value < 0xA0 || value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .surrogate: return 0
    default: break
    }
    if value < 0x1100 { return 1 }
    if (0x1160...0x11FF).contains(value) { return 0 }
    return isWide(value) || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// Columns of one character as it is drawn.
  package static func columns(of character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    var scalars = character.unicodeScalars.makeIterator()
    guard let first = scalars.next() else { return 0 }
    let isFlag = (0x1F1E6...0x1F1FF).contains(first.value) && scalars.next() != nil
    return isFlag ? 2 : columns(of: first)
  }

  /// Columns of a text on one line.
  package static func columns(of text: some StringProtocol) -> Int {
    var total = 0
    for character in text { total += columns(of: character) }
    return total
  }

  /// Wide and full-width ranges of Unicode's East Asian Width, without the emoji blocks.
  private static func isWide(_ value: UInt32) -> Bool {
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
      0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x18D00...0x18D08,
      0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}

extension DisplayWidth {
  /// The text cut to `columns`, its last column an ellipsis where something was lost.
  package static func truncate(
    _ text: some StringProtocol, to columns: Int, ellipsis: String = "…"
  ) -> String {
    guard columns > 0 else { return "" }
    if self.columns(of: text) <= columns { return String(text) }
    let room = columns - self.columns(of: ellipsis)
    guard room >= 0 else { return String(repeating: ".", count: columns) }
    var kept = ""
    var used = 0
    for character in text {
      let width = self.columns(of: character)
      if used + width > room { break }
      kept.append(character)
      used += width
    }
    return kept + ellipsis
  }

  /// The text cut and padded with blanks to exactly `columns`.
  package static func fit(
    _ text: some StringProtocol, to columns: Int, alignment: Alignment = .left,
    ellipsis: String = "…"
  ) -> String {
    let cut = truncate(text, to: columns, ellipsis: ellipsis)
    let blanks = String(repeating: " ", count: max(0, columns - self.columns(of: cut)))
    return alignment == .left ? cut + blanks : blanks + cut
  }

  /// On which side of its column a text stands.
  package enum Alignment: Sendable {
    case left
    case right
  }
}
