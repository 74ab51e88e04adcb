import Sessions

/// The keys, in a box over the panes.
package struct HelpView {
  package let glyphs: Glyphs

  /// Help in a set of glyphs.
  package init(glyphs: Glyphs) { self.glyphs = glyphs }

  /// Signs that stand for those of the glyphs at hand.
  private static let bars = "bars"

  private static let sections: [(title: String, keys: [(String, String)])] = [
    (
      "anywhere",
      [
        ("F1", "this help"), ("F2", "next pane, or the prompt"),
        ("F3", "one pane alone, or all"), ("F4", "mouse on or off"),
        ("PgUp PgDn", "scroll the answers"), ("S-Up S-Dn", "scroll by one line"),
        ("^L", "draw the screen anew"), ("^C", "clear line, pause run"),
        ("^Z", "suspend; fg returns"), ("^D", "quit, on an empty line"),
      ]
    ),
    (
      "prompt",
      [
        ("Tab", "complete; arrows, Enter"), ("^R", "search the history"),
        ("^P ^N", "older, newer lines"),
        ("M-b M-f", "word back, forward"), ("^W M-d", "delete a word"), ("^_", "undo typing"),
      ]
    ),
    (
      "network",
      [
        ("j k", "down, up"), ("Enter", "fold or unfold"), ("g G", "first, last row"),
        (bars, "size of ‖g‖ of a block"),
      ]
    ),
    (
      "loss",
      [
        ("l", "linear or log scale"), ("a", "accuracy or loss"),
        ("s", "live surface of 2 inputs"),
      ]
    ),
  ]

  /// The help, as large as it needs and fits.
  package func frame(_ room: Size) -> Frame {
    let entries = Self.sections
    let keyWidth = 10
    let rowsOf = { (section: (title: String, keys: [(String, String)])) in section.keys.count + 2 }
    let left = [entries[0]]
    let right = Array(entries[1...])
    let isWide = room.width >= 80
    let columns = isWide ? [left, right] : [entries]
    let height = (columns.map { $0.reduce(0) { $0 + rowsOf($1) } }.max() ?? 0) + 1
    let width = isWide ? min(room.width, 92) : min(room.width, 50)
    var frame = Frame(Size(width, min(room.height, height + 1)))
    var borders = Borders(frame.size)
    borders.add(
      Arrangement.Place(pane: .tree, outer: frame.bounds, separation: .boxes), isFocused: true)
    borders.draw(into: &frame, glyphs: glyphs)
    frame.write(" keys ", x: 2, y: 0, style: Style(.focus, .bold))
    let inside = Frame(frame.bounds.inset(2, 1).size)
    var content = inside
    for (index, column) in columns.enumerated() {
      let start = index * (content.width / max(1, columns.count))
      var y = 0
      for section in column {
        content.write(section.title, x: start, y: y, style: Style(.title, .bold))
        y += 1
        for (key, action) in section.keys {
          let key = key == Self.bars ? String([3, 5, 8].map { glyphs.heights[$0] }) : key
          let action = glyphs.spell(action)
          content.write(key, x: start + 1, y: y, style: Style(.key, .bold))
          let end = columns.count > 1 && index == 0 ? content.width / 2 - 1 : content.width
          content.write(action, x: start + 2 + keyWidth, y: y, limit: end)
          y += 1
        }
        y += 1
      }
    }
    frame.paste(content, at: Point(2, 1))
    let footer = " any key closes; help COMMAND explains a command "
    frame.write(footer, x: 2, y: frame.height - 1, style: .faint, limit: width - 2)
    return frame
  }
}
