import Sessions

/// Draws what could be typed next, each with a few words beside it.
package struct CompletionView {
  private let items: [Completion.Candidate]

  /// The candidate that Enter takes, if one was chosen.
  private let chosen: Int?

  /// A view of candidates, one of them chosen or none.
  package init(_ candidates: [Completion.Candidate], chosen: Int? = nil) {
    items = candidates
    self.chosen = chosen.flatMap { candidates.indices.contains($0) ? $0 : nil }
  }

  /// How the candidates stand in a size: in columns read downwards, or in one where any has notes.
  private struct Layout {
    var columns: Int
    var rows: Int
    var shownRows: Int
    var firstRow: Int
    var columnWidth: Int
    var textWidth: Int
    var hasNotes: Bool
  }

  private func layout(_ size: Size, _ glyphs: Glyphs) -> Layout {
    let widest = items.reduce(0) { max($0, DisplayWidth.columns(of: $1.text)) }
    let hasNotes = size.width - widest >= Self.leastNote + 2 && items.contains { !$0.note.isEmpty }
    let noteWidth = items.reduce(0) { max($0, DisplayWidth.columns(of: glyphs.spell($1.note))) }
    let wanted = hasNotes ? widest + 2 + min(noteWidth, 48) : widest
    let columns = max(1, min((size.width + 2) / (wanted + 3), items.count))
    let rows = (items.count + columns - 1) / columns
    let shownRows = rows <= size.height ? rows : max(1, size.height - 1)
    let row = chosen.map { $0 % rows } ?? 0
    return Layout(
      columns: columns, rows: rows, shownRows: shownRows,
      firstRow: min(max(0, row - shownRows / 2), rows - shownRows),
      columnWidth: columns > 1 ? wanted + 3 : size.width, textWidth: widest,
      hasNotes: hasNotes)
  }

  /// Columns below which a note says nothing.
  private static let leastNote = 10

  /// The candidate so many places further down and columns further right than the one chosen, round the end;
  /// the first or last where none is.
  package func moved(down: Int, right: Int = 0, in size: Size, glyphs: Glyphs) -> Int? {
    guard !items.isEmpty else { return nil }
    guard let chosen else { return down < 0 ? items.count - 1 : 0 }
    let step = down + right * layout(size, glyphs).rows
    if right != 0, !items.indices.contains(chosen + step) { return chosen }
    return ((chosen + step) % items.count + items.count) % items.count
  }

  /// The list, with the number of those that have no room; the chosen one is always in view.
  package func frame(_ size: Size, glyphs: Glyphs) -> Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0, !items.isEmpty else { return frame }
    let layout = layout(size, glyphs)
    let rows = layout.firstRow..<(layout.firstRow + layout.shownRows)
    for (index, item) in items.enumerated() where rows.contains(index % layout.rows) {
      let x = index / layout.rows * layout.columnWidth
      let y = index % layout.rows - layout.firstRow
      let end = min(size.width, x + layout.columnWidth - (layout.columns > 1 ? 2 : 0))
      frame.write(item.text, x: x, y: y, style: Style(.prompt), limit: end)
      if layout.hasNotes {
        let noteStart = x + layout.textWidth + 2
        let note = DisplayWidth.truncate(
          glyphs.spell(item.note), to: end - noteStart, ellipsis: glyphs.ellipsis)
        frame.write(note, x: noteStart, y: y, style: .faint, limit: end)
      }
      if index == chosen {
        frame.restyle(Rectangle(x: x, y: y, width: end - x, height: 1)) {
          Style(.selection, $0.emphasis.union(.reverse))
        }
      }
    }
    let hidden = items.indices.count { !rows.contains($0 % layout.rows) }
    if hidden > 0, size.height > 1 {
      let keys = glyphs == .unicode ? "↑↓" : "arrows"
      frame.write(
        "\(glyphs.ellipsis) \(hidden) more (\(keys))", x: 0, y: size.height - 1, style: .faint,
        limit: size.width)
    }
    return frame
  }
}
