/// The architecture tree as plain text: a heading, one line a row, columns aligned.
package enum OutlineText {
  /// Renders rows with the columns asked for, each line without trailing blanks.
  ///
  /// - Parameter width: the columns a line may take; the middle text is shortened to fit, never the
  ///   names, shapes or numbers.
  package static func lines(
    _ rows: [OutlineRow], columns: [OutlineColumn] = OutlineColumn.allCases, width: Int? = nil,
    glyphs: Glyphs = .unicode
  ) -> [StyledText] {
    let measure = OutlineMeasure(rows, glyphs: glyphs)
    let shown = columns.filter { measure.columns[$0] != nil }
    let facts = shown.reduce(0) { $0 + 2 + (measure.columns[$1] ?? 0) }
    let margin = measure.hasClosedFolds ? 2 : 0
    var kind = max(measure.kind, 5)
    if let width {
      kind = max(min(kind, width - facts - measure.label - margin - 2), min(kind, 8))
    }

    func line(
      _ sign: String, _ label: [StyledText], _ text: StyledText, _ facts: [StyledText]
    ) -> StyledText {
      var line = StyledText()
      func put(_ parts: [StyledText], _ columns: Int, isLeading: Bool = true) {
        let used = parts.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) }
        let blanks = StyledText(String(repeating: " ", count: max(0, columns - used)))
        line = (isLeading ? parts + [blanks] : [blanks] + parts).reduce(line, +)
      }
      if margin > 0 { put([StyledText(sign, .dim)], margin) }
      put(label, measure.label)
      line.append("  ")
      put([text], kind)
      for (column, fact) in zip(shown, facts) {
        line.append("  ")
        put([fact], measure.columns[column] ?? 0, isLeading: false)
      }
      return line.trimmed
    }

    func styled(_ row: OutlineRow) -> StyledText {
      let family = TextRole.kind(row.family)
      let isContainer = row.family == .container
      let text = DisplayWidth.truncate(
        row.kindText(glyphs: glyphs), to: kind, ellipsis: glyphs.ellipsis)
      let label = [
        StyledText(row.railText(glyphs: glyphs), .kind(.shortcut)),
        StyledText(row.joinText(glyphs: glyphs), .kind(.shortcut)),
        StyledText(glyphs.spell(row.name), isContainer ? .emphasis : .plain),
      ]
      let facts = shown.map { column in
        StyledText(
          column.text(of: row, glyphs: glyphs),
          column == .multiplyAdds || column == .receptiveField ? .dim : .plain)
      }
      let sign = row.fold == .closed ? glyphs.fold(.closed) : ""
      return line(sign, label, StyledText(text, isContainer ? .plain : family), facts)
    }

    let heading = line(
      "", [StyledText("block", .dim)], StyledText("kind", .dim),
      shown.map { StyledText($0.heading, .dim) })
    return ([heading] + rows.map(styled)).map(\.inColumns)
  }
}

extension StyledText {
  /// The line without blanks at its end.
  fileprivate var trimmed: StyledText {
    var kept = spans[...]
    while let last = kept.last, last.text.allSatisfy({ $0 == " " }) { kept.removeLast() }
    return kept.reduce(into: StyledText()) { $0.append($1.text, $1.role) }
  }
}
