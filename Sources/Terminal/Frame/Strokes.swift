import Sessions

/// Strokes that leave a cell's centre, from which its box-drawing sign follows.
package struct Strokes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  /// From the raw bits.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let up = Strokes(rawValue: 1)
  package static let down = Strokes(rawValue: 2)
  package static let left = Strokes(rawValue: 4)
  package static let right = Strokes(rawValue: 8)
}

extension Glyphs {
  /// The sign with the given strokes; corners are round.
  package func line(_ strokes: Strokes) -> Character {
    let index = Int(strokes.rawValue)
    return self == .unicode ? Self.unicodeLines[index] : Self.asciiLines[index]
  }

  private static let unicodeLines: [Character] = [
    " ", "╵", "╷", "│", "╴", "╯", "╮", "┤", "╶", "╰", "╭", "├", "─", "┴", "┬", "┼",
  ]

  private static let asciiLines: [Character] = [
    " ", "|", "|", "|", "-", "'", ".", "+", "-", "'", ".", "+", "-", "+", "+", "+",
  ]
}
