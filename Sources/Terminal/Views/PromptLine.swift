import Sessions

/// The prompt and what is typed there.
package struct PromptLine: Hashable, Sendable {
  /// What stands before the text, such as `residual ✱ 0.122 ›`.
  package var prompt: StyledLine

  /// What stands there where the screen is narrow, or nothing where the prompt must stay as it is.
  package var shortPrompt: StyledLine?

  /// The lines of a block that were entered before this one.
  package var earlier: [StyledLine]
  package var text: String

  /// The cursor's place in the text, in UTF-8 bytes.
  package var cursor: Int

  /// A prompt with text.
  package init(
    prompt: StyledLine, shortPrompt: StyledLine? = nil, earlier: [StyledLine] = [],
    text: String = "", cursor: Int? = nil
  ) {
    self.prompt = prompt
    self.shortPrompt = shortPrompt
    self.earlier = earlier
    self.text = text
    self.cursor = cursor ?? text.utf8.count
  }

  /// Rows it would like.
  package var rows: Int { earlier.count + 1 }

  /// The prompt on a screen of some width.
  package func prompt(width: Int) -> StyledLine {
    if let shortPrompt, prompt.width > width * 2 / 5 { shortPrompt } else { prompt }
  }

  /// The text as it is drawn, and the column of the cursor in it.
  ///
  /// Line breaks are drawn as `↵` and the rest is `VisibleText`, so that a pasted block stays on its line.
  package static func visible(_ text: String, cursor: Int, glyphs: Glyphs)
    -> (text: String, column: Int)
  {
    var shown = ""
    var column = 0
    var cursorColumn: Int?
    var offset = 0
    for character in text {
      if cursorColumn == nil, offset >= cursor { cursorColumn = column }
      let drawn = visible(character, glyphs: glyphs)
      shown += drawn
      column += DisplayWidth.columns(of: drawn)
      offset += character.utf8.count
    }
    return (shown, cursorColumn ?? column)
  }

  private static func visible(_ character: Character, glyphs: Glyphs) -> String {
    switch character {
    case "\n", "\r", "\r\n": return glyphs == .unicode ? "↵" : "\\n"
    case "\t": return " "
    default: break
    }
    let spelled = VisibleText.of(String(character))
    if spelled != String(character) { return spelled }
    let (drawn, columns) = Frame.drawable(character)
    return columns > 0 ? String(drawn) : ""
  }

  /// The prompt in its rows, the cursor in view.
  package func frame(_ size: Size, glyphs: Glyphs) -> Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0 else { return frame }
    let shownEarlier = earlier.suffix(size.height - 1)
    for (y, line) in shownEarlier.enumerated() { frame.write(line, x: 0, y: y) }
    let y = shownEarlier.count
    let prompt = prompt(width: size.width)
    let start = prompt.width < size.width - 4 ? frame.write(prompt, x: 0, y: y) : 0
    let (shown, column) = Self.visible(text, cursor: cursor, glyphs: glyphs)
    let room = size.width - start
    let total = DisplayWidth.columns(of: shown)
    let first = Self.firstColumn(cursor: column, total: total, room: room)
    var x = start - first
    for character in shown {
      let columns = DisplayWidth.columns(of: character)
      if x >= start { frame.put(character, x: x, y: y, style: .plain) }
      x += columns
    }
    let more = glyphs == .unicode ? ("‹", "›") : ("<", ">")
    if first > 0 { frame.write(more.0, x: start, y: y, style: .faint) }
    if total - first > room { frame.write(more.1, x: size.width - 1, y: y, style: .faint) }
    frame.cursor = Point(min(start + column - first, size.width - 1), y)
    return frame
  }

  /// The first column in view: it moves by half the room, so that the text holds still while typing.
  static func firstColumn(cursor: Int, total: Int, room: Int) -> Int {
    guard room > 2, total >= room else { return 0 }
    let stride = max(1, room / 2)
    var first = 0
    while cursor - first > room - 2 { first += stride }
    return first
  }
}
