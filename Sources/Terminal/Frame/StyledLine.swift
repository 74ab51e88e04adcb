import Sessions

/// A line of text in stretches of one style.
package struct StyledLine: Hashable, Sendable, ExpressibleByStringLiteral {
  /// A stretch of one style.
  package struct Span: Hashable, Sendable {
    package var text: String
    package var style: Style

    /// A text and its style.
    package init(_ text: String, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  package internal(set) var spans: [Span] = []

  /// Whether it stands under or over other lines, column by column.
  package var isSetInColumns = false

  /// Whether the next line goes on with the same text.
  package var goesOn = false

  /// A line of stretches; empty ones are left out.
  package init(_ spans: [Span] = []) {
    for span in spans { append(span.text, span.style) }
  }

  /// A line of one style.
  package init(_ text: String, _ style: Style = .plain) { append(text, style) }

  package init(stringLiteral value: String) { self.init(value) }

  /// The text without styles.
  package var text: String { spans.map(\.text).joined() }

  /// The columns it takes.
  package var width: Int { spans.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) } }

  package var isEmpty: Bool { spans.isEmpty }

  /// Adds a stretch at the end, joined to the last one where their styles agree.
  package mutating func append(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    if let last = spans.last, last.style == style {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text, style))
    }
  }

  /// The line in signs that a set of glyphs has.
  package func spelled(_ glyphs: Glyphs) -> StyledLine {
    var line = StyledLine(spans.map { Span(glyphs.spell($0.text), $0.style) })
    line.isSetInColumns = isSetInColumns
    line.goesOn = goesOn
    return line
  }

  /// One line behind another.
  package static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    var result = left
    for span in right.spans { result.append(span.text, span.style) }
    return result
  }
}

extension Frame {
  /// Writes a line of stretches; returns the column after it.
  @discardableResult
  package mutating func write(_ line: StyledLine, x: Int, y: Int, limit: Int? = nil) -> Int {
    var column = x
    for span in line.spans {
      column = write(span.text, x: column, y: y, style: span.style, limit: limit)
    }
    return column
  }
}
