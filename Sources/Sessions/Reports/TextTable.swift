import Language

/// Rows of cells in aligned columns.
package struct TextTable {
  /// How a column's cells are set.
  package enum Alignment {
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
