import Language

extension Report {
  /// How the first lines of an answer are laid out for the columns that there are.
  package struct Layout: Sendable {
    /// The columns for which the lines stand there, and how many these are.
    package let columns: Int
    package let count: Int

    /// The same lines for other columns.
    package let lines: @Sendable (_ columns: Int) -> [StyledText]

    /// Lines that stand there for so many columns, and how they are made for others.
    package init(
      columns: Int, count: Int, lines: @escaping @Sendable (_ columns: Int) -> [StyledText]
    ) {
      (self.columns, self.count, self.lines) = (columns, count, lines)
    }
  }
}

extension CommandContext {
  /// An answer whose lines hang on the columns of its pane; the screen lays it out anew where these change.
  ///
  /// - Parameter lines: Makes the lines for so many columns, or as wide as they are.
  func answer(
    for invocation: Invocation, _ lines: @escaping @Sendable (_ columns: Int?) -> [StyledText]
  ) -> Report {
    let columns = paneColumns(for: invocation)
    var report = Report(lines(columns))
    if let columns {
      report.layout = Report.Layout(columns: columns, count: report.lines.count) { lines($0) }
    }
    return report
  }
}
