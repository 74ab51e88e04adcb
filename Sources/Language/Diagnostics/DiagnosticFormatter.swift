/// Prints diagnostics, as plain text or as segments that a screen can colour.
///
/// ```
/// net.esp:3:15: error[E-SYNTAX]: 'stride = 2' has blanks round '='
///   add conv 10 3 stride = 2
///                        ^
///   note: an option is one word: name=value
///   try: stride=2
/// ```
package struct DiagnosticFormatter: Sendable {
  /// What a segment is, so that others can choose its colour.
  package enum Role: Sendable {
    case location, severity, message, source, caret, note, offer, plain
  }

  /// A stretch of text within one line.
  package struct Segment: Sendable, Equatable {
    package let role: Role
    package let text: String

    /// A piece of text in a role.
    package init(_ role: Role, _ text: String) {
      self.role = role
      self.text = text
    }
  }

  /// Columns that a source line may take, indentation included.
  package var columns: Int
  /// Whether only ASCII may be added to what the source holds.
  package var isASCII: Bool

  /// A formatter for lines of so many columns.
  package init(columns: Int = 100, isASCII: Bool = false) {
    self.columns = columns
    self.isASCII = isASCII
  }

  /// The whole diagnostic, lines joined by line breaks, none at the end.
  package func text(of diagnostic: Diagnostic) -> String {
    lines(of: diagnostic)
      .map { line in line.map(\.text).joined() }
      .joined(separator: "\n")
  }

  /// The diagnostic as lines of segments.
  package func lines(of diagnostic: Diagnostic) -> [[Segment]] {
    var lines: [[Segment]] = []
    var head = location(of: diagnostic.range)
    if diagnostic.severity != .notice {
      head.append(Segment(.severity, "\(diagnostic.severity.rawValue)[\(diagnostic.code)]: "))
    }
    head.append(Segment(.message, SourceExcerpt.printable(diagnostic.message)))
    lines.append(head)
    lines += excerpt(of: diagnostic.range)
    for note in diagnostic.notes {
      let text = SourceExcerpt.printable(note.text)
      if note.range == nil {
        lines.append([Segment(.plain, "  "), Segment(.note, "note: " + text)])
      } else {
        lines.append(location(of: note.range) + [Segment(.note, "note: " + text)])
        lines += excerpt(of: note.range)
      }
    }
    for offer in diagnostic.offers {
      let text = SourceExcerpt.printable(offer)
      lines.append([Segment(.plain, "  try: "), Segment(.offer, text)])
    }
    return lines
  }

  /// `file:line:column: `; a text without a name shows its place only when it has several lines.
  private func location(of range: SourceRange?) -> [Segment] {
    guard let range else { return [] }
    let source = range.source
    guard !source.name.isEmpty || source.lineCount > 1 else { return [] }
    let place = source.position(at: range.lowerBound)
    let name = source.name.isEmpty ? "line " : SourceExcerpt.printable(source.name) + ":"
    return [Segment(.location, "\(name)\(place.line):\(place.column): ")]
  }

  private func excerpt(of range: SourceRange?) -> [[Segment]] {
    guard let range, !range.source.bytes.isEmpty else { return [] }
    let excerpt = SourceExcerpt(
      of: range, columns: max(16, columns - 2), ellipsis: isASCII ? "~" : "…")
    let blanks = String(repeating: " ", count: 2 + excerpt.indent)
    return [
      [Segment(.plain, "  "), Segment(.source, excerpt.text)],
      [Segment(.plain, blanks), Segment(.caret, excerpt.underline)],
    ]
  }
}
