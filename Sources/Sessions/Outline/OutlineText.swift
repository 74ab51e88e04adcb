/// The architecture tree as plain text: a heading, one line a row, columns aligned.
package enum OutlineText {
  /// Renders rows with the columns asked for, each line without trailing blanks.
  ///
  /// - Parameter width: the columns a line may take; the middle text is shortened to fit, never the
  ///   names, shapes or numbers.
  package static func lines(
    _ rows: [OutlineRow], columns: [OutlineColumn] = OutlineColumn.allCases, width: Int? = nil,
    glyphs: Glyphs = .unicode
  ) -> [String] {
    let measure = OutlineMeasure(rows, glyphs: glyphs)
    let shown = columns.filter { measure.columns[$0] != nil }
    let facts = shown.reduce(0) { $0 + 2 + (measure.columns[$1] ?? 0) }
    let margin = measure.hasClosedFolds ? 2 : 0
    var kind = max(measure.kind, 5)
    if let width {
      kind = max(min(kind, width - facts - measure.label - margin - 2), min(kind, 8))
    }

    func line(_ sign: String, _ label: String, _ text: String, _ facts: [String]) -> String {
      var line = margin > 0 ? DisplayWidth.fit(sign, to: margin) : ""
      line += DisplayWidth.fit(label, to: measure.label, ellipsis: glyphs.ellipsis)
      line += "  " + DisplayWidth.fit(text, to: kind, ellipsis: glyphs.ellipsis)
      for (column, fact) in zip(shown, facts) {
        line += "  "
        line += DisplayWidth.fit(fact, to: measure.columns[column] ?? 0, alignment: .right)
      }
      while line.last == " " { line.removeLast() }
      return line
    }

    let heading = line("", "block", "kind", shown.map(\.heading))
    return [heading]
      + rows.map { row in
        line(
          row.fold == .closed ? glyphs.fold(.closed) : "",
          row.railText(glyphs: glyphs) + row.joinText(glyphs: glyphs) + glyphs.spell(row.name),
          row.kindText(glyphs: glyphs), shown.map { $0.text(of: row, glyphs: glyphs) })
      }
  }
}
