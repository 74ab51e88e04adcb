import Sessions

/// Answers that are laid out anew when the window gets other columns.
extension Transcript {
  /// An answer among the entries, and how its lines are made for other columns.
  struct Table {
    var columns: Int
    var start: Int
    var count: Int
    let lines: @Sendable (_ columns: Int) -> [StyledText]

    /// Entries that were made for the columns of a layout.
    init(_ layout: Report.Layout, start: Int, count: Int) {
      (columns, lines) = (layout.columns, layout.lines)
      (self.start, self.count) = (start, count)
    }
  }

  /// Lays the answers whose data are kept out for so many columns; what is in view stays there.
  package mutating func layOut(columns: Int) {
    guard tables.contains(where: { $0.columns != columns }) else { return }
    var first = firstBelow
    for index in tables.indices where tables[index].columns != columns {
      let table = tables[index]
      let new = made(of: table.lines(columns).map { StyledLine($0) })
      entries.replaceSubrange(table.start..<table.start + table.count, with: new)
      (tables[index].columns, tables[index].count) = (columns, new.count)
      let shift = new.count - table.count
      guard shift != 0 else { continue }
      for later in tables.indices where later > index { tables[later].start += shift }
      if answerStart > table.start { answerStart += shift }
      if turnStart > table.start { turnStart += shift }
      if first > table.start { first = max(table.start, first + shift) }
    }
    answerWidth = answer.reduce(0) { max($0, $1.line.width) }
    if offset > 0 { offset = count(entries[min(first, entries.count)...], layout) }
  }

  /// Notes how new entries are made for other columns; the oldest answers beyond some stay as they are.
  mutating func keep(_ table: Table) {
    tables.append(table)
    if tables.count > Self.mostTables { tables.removeFirst() }
  }

  private static let mostTables = 50

  /// Moves answers by so many entries that are gone at the beginning, and forgets those of which some are.
  mutating func dropTables(_ entries: Int) {
    for index in tables.indices { tables[index].start -= entries }
    tables.removeAll { $0.start < 0 }
  }
}
