import Language

/// Rows of cells in aligned columns.
package struct TextTable: Sendable {
  /// How a column's cells are set.
  package enum Alignment: Sendable {
    case leading
    case trailing
  }

  private let alignments: [Alignment]
  private var rows: [[StyledText]] = []

  /// A table of columns under their titles; no titles for a table without a head.
  package init(_ columns: [(title: String, alignment: Alignment)]) {
    alignments = columns.map(\.alignment)
    if columns.contains(where: { !$0.title.isEmpty }) {
      rows.append(columns.map { StyledText($0.title, .dim) })
    }
  }

  /// Adds a row with a cell for each column.
  package mutating func append(_ cells: [StyledText]) { rows.append(cells) }

  /// The lines, columns two blanks apart.
  package var lines: [StyledText] { proseLines.map(\.inColumns) }

  /// The lines of a table of blocks in so many columns, or as wide as they are.
  func blockLines(columns: Int?, _ glyphs: Glyphs) -> [StyledText] {
    columns.map { blockLines(columns: $0, glyphs) } ?? lines
  }

  /// The lines of a table of blocks; where they would be wider than asked for, paths in the first column are cut on
  /// their left, then kinds in the second, so that the figures behind them stay.
  func blockLines(columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    var table = self
    let least = [14, 10]
    for column in least.indices where column < alignments.count {
      let widths = table.alignments.indices.map { index in
        table.rows.map { Self.width($0[index]) }.max() ?? 0
      }
      let surplus = widths.reduce(-2) { $0 + $1 + 2 } - columns
      guard surplus > 0 else { break }
      let room = max(min(least[column], widths[column]), widths[column] - surplus)
      for row in table.rows.indices {
        let cell = table.rows[row][column]
        guard let role = cell.spans.first?.role, Self.width(cell) > room else { continue }
        let text =
          column == 0
          ? DisplayWidth.truncateLeft(cell.text, to: room, ellipsis: glyphs.ellipsis)
          : DisplayWidth.truncate(cell.text, to: room, ellipsis: glyphs.ellipsis)
        table.rows[row][column] = StyledText(text, role)
      }
    }
    return table.lines
  }

  /// The lines of a table whose last column is prose, which may be broken.
  package var proseLines: [StyledText] {
    let widths = alignments.indices.map { column in
      rows.map { Self.width($0[column]) }.max() ?? 0
    }
    return rows.map { cells in
      var line = StyledText()
      let filled = (cells.lastIndex { !$0.text.isEmpty } ?? -1) + 1
      for (column, cell) in cells.prefix(filled).enumerated() {
        let blank = String(repeating: " ", count: widths[column] - Self.width(cell))
        let isLast = column == filled - 1
        switch alignments[column] {
        case .leading: line = line + cell + StyledText(isLast ? "" : blank)
        case .trailing: line = line + StyledText(blank) + cell
        }
        if !isLast { line.append("  ") }
      }
      return line
    }
  }

  private static func width(_ text: StyledText) -> Int { DisplayWidth.columns(of: text.text) }
}
