import Sessions

/// A prompt and a line on a terminal that cannot go up a row: the part around the cursor, on one row.
///
/// Readline has such a display too; it scrolls by bytes, reads past its buffers where characters have
/// more than one, and divides by a third of the width.
package struct OneLine: Hashable, Sendable {
  /// The characters that stand there, and the columns of the cursor and of all.
  private var shown = ""
  private var cursor = 0
  private var columns = 0

  /// An empty row with the cursor at its beginning.
  package init() {}

  /// What is written to make the row show a line.
  ///
  /// - Parameters:
  ///   - prompt: text without control sequences.
  ///   - text: the line, controls made visible.
  ///   - column: the cursor's column in the text.
  ///   - width: columns of the terminal; the last stays empty, as the cursor would go on from it.
  package mutating func show(prompt: String, text: String, column: Int, width: Int) -> String {
    let (part, place) = Self.part(
      of: prompt + text, around: DisplayWidth.columns(of: prompt) + column, width: max(1, width - 1)
    )
    let size = DisplayWidth.columns(of: part)
    defer { (shown, cursor, columns) = (part, place, size) }
    if part != shown, part.hasPrefix(shown), cursor == columns, place == size {
      return String(part.dropFirst(shown.count))
    }
    let blanks = max(0, columns - size)
    let back = size + blanks - place
    return "\r" + part + String(repeating: " ", count: blanks)
      + String(repeating: "\u{8}", count: back)
  }

  /// What is written to empty the row.
  package mutating func clear() -> String {
    defer { self = OneLine() }
    return "\r" + String(repeating: " ", count: columns) + "\r"
  }

  /// The characters that fit around a column, a third of the width behind it where there are more.
  private static func part(of text: String, around column: Int, width: Int) -> (String, Int) {
    var rest = Substring(text)
    var place = column
    let limit = place < width ? place : width * 2 / 3
    while place > limit, let first = rest.popFirst() {
      place -= DisplayWidth.columns(of: first)
    }
    var part = ""
    var room = width
    for character in rest {
      room -= DisplayWidth.columns(of: character)
      if room < 0 { break }
      part.append(character)
    }
    return (part, max(0, min(place, width)))
  }
}
