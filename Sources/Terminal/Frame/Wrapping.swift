import Sessions

extension StyledLine {
  /// The line broken into lines of at most `width` columns, at blanks where there are any.
  ///
  /// Lines after the first are indented as the first is and by two columns more, so that it shows
  /// where an answer goes on.
  package func wrapped(to width: Int) -> [StyledLine] {
    guard width > 0 else { return [] }
    if self.width <= width { return [self] }
    let cells = spans.flatMap { span in
      span.text.compactMap { character -> WrapCell? in
        let (drawn, columns) = Frame.drawable(character)
        return columns > 0
          ? WrapCell(character: drawn, columns: columns, style: span.style) : nil
      }
    }
    let leading = cells.prefix { $0.character == " " }.count
    let indent = leading + 2 <= width / 2 ? leading + 2 : 0
    var lines: [StyledLine] = []
    var start = 0
    while start < cells.count {
      let margin = lines.isEmpty ? 0 : indent
      let end = Self.lineEnd(cells, from: start, room: max(1, width - margin))
      var line = StyledLine(String(repeating: " ", count: margin))
      for cell in cells[start..<end] { line.append(String(cell.character), cell.style) }
      lines.append(line.trimmed())
      start = end
      while start < cells.count, cells[start].character == " " { start += 1 }
    }
    return lines
  }

  /// Whether a word would be broken in lines of `width` columns.
  package func hasWord(over width: Int) -> Bool {
    let text = text
    let indent = text.prefix { $0 == " " }.count + 2
    let room = width - (indent <= width / 2 ? indent : 0)
    return text.split(separator: " ").contains { DisplayWidth.columns(of: $0) > room }
  }

  /// The line cut to at most `width` columns, with a sign of one column for what is left out.
  package func cut(to width: Int, ellipsis: String) -> StyledLine {
    if self.width <= width { return self }
    var line = StyledLine()
    var room = width - 1
    for span in spans {
      for character in span.text {
        let (drawn, columns) = Frame.drawable(character)
        if columns > room {
          line.append(width > 0 ? ellipsis : "", .faint)
          return line
        }
        if columns > 0 { line.append(String(drawn), span.style) }
        room -= columns
      }
    }
    return line
  }

  private struct WrapCell {
    let character: Character
    let columns: Int
    let style: Style
  }

  /// Where a line that begins at `start` must end: after its last blank, or where it is full.
  private static func lineEnd(_ cells: [WrapCell], from start: Int, room: Int) -> Int {
    var used = 0
    var end = start
    var lastBlank: Int?
    while end < cells.count, used + cells[end].columns <= room {
      if cells[end].character == " ", end > start { lastBlank = end }
      used += cells[end].columns
      end += 1
    }
    if end == cells.count || end == start { return max(end, start + 1) }
    if cells[end].character == " " { return end }
    guard let lastBlank, cells[start..<lastBlank].contains(where: { $0.character != " " }) else {
      return end
    }
    return lastBlank + 1
  }

  private func trimmed() -> StyledLine {
    var result = self
    while let last = result.spans.last, last.text.last == " " {
      result.spans.removeLast()
      let kept = last.text.reversed().drop { $0 == " " }.reversed()
      result.append(String(kept), last.style)
    }
    return result
  }
}
