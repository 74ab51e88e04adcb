import Sessions

/// Draws what could be typed next, each with a few words beside it.
package struct CompletionView {
  private let items: [Completion.Candidate]

  /// A view of candidates.
  package init(_ candidates: [Completion.Candidate]) { items = candidates }

  /// The list in columns read downwards, or in one column with notes where any word has one.
  package func frame(_ size: Size, glyphs: Glyphs) -> Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0, !items.isEmpty else { return frame }
    let widest = items.reduce(0) { max($0, DisplayWidth.columns(of: $1.text)) }
    let hasNotes = items.contains { !$0.note.isEmpty }
    let noteWidth = items.reduce(0) { max($0, DisplayWidth.columns(of: glyphs.spell($1.note))) }
    let wanted = hasNotes ? widest + 2 + min(noteWidth, 48) : widest
    let columns = max(1, min((size.width + 2) / (wanted + 3), items.count))
    let rows = (items.count + columns - 1) / columns
    let shownRows = rows <= size.height ? rows : size.height - 1
    let width = columns > 1 ? wanted + 3 : size.width
    for (index, item) in items.enumerated() where index % rows < shownRows {
      let (x, y) = (index / rows * width, index % rows)
      let end = min(size.width, x + width - (columns > 1 ? 2 : 0))
      frame.write(item.text, x: x, y: y, style: Style(.prompt), limit: end)
      let note = DisplayWidth.truncate(
        glyphs.spell(item.note), to: end - x - widest - 2, ellipsis: glyphs.ellipsis)
      frame.write(note, x: x + widest + 2, y: y, style: .faint, limit: end)
    }
    let hidden = (0..<items.count).count { $0 % rows >= shownRows }
    if hidden > 0, size.height > 1 {
      frame.write(
        "\(glyphs.ellipsis) \(hidden) more", x: 0, y: size.height - 1, style: .faint)
    }
    return frame
  }
}
