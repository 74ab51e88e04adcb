import Sessions

/// How styled text is written to terminals without panes: with Select Graphic Rendition, or bare.
package enum AnsiStyle: Hashable, Sendable {
  case bare
  case palette(Palette)

  /// The same in the colours of a theme.
  package func themed(_ theme: Theme) -> AnsiStyle {
    switch self {
    case .bare: self
    case .palette(let palette): .palette(palette.themed(theme))
    }
  }

  /// A line with control sequences round each stretch that has a look of its own.
  package func text(_ line: StyledLine) -> String {
    line.spans.map { wrap($0.text, $0.style) { $0 } }.joined()
  }

  /// An answer's line.
  package func text(_ line: StyledText) -> String { text(StyledLine(line)) }

  /// Like `text`, with marks by which readline leaves control sequences out of its count of columns.
  package func prompt(_ line: StyledText) -> String {
    StyledLine(line).spans.map { wrap($0.text, $0.style) { "\u{1}\($0)\u{2}" } }.joined()
  }

  /// A frame's rows without blanks at their ends; empty rows at its bottom are left out.
  package func lines(_ frame: Frame) -> [String] {
    let rows = (0..<frame.height).map { row -> StyledLine in
      var line = StyledLine(frame.runs(row).map { StyledLine.Span($0.text, $0.style) })
      line.trimEnd()
      return line
    }
    let count = rows.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
    return rows.prefix(count).map(text)
  }

  private func wrap(_ text: String, _ style: Style, _ mark: (String) -> String) -> String {
    let text = VisibleText.of(text, keepsTabs: true)
    let codes = codes(of: style)
    guard !codes.isEmpty else { return text }
    let numbers = codes.map(String.init).joined(separator: ";")
    return mark("\u{1B}[\(numbers)m") + text + mark("\u{1B}[0m")
  }

  private func codes(of style: Style) -> [Int] {
    guard case .palette(let palette) = self else { return [] }
    var codes: [Int] = []
    let emphasis = palette.emphasis(of: style)
    if emphasis.contains(.bold) { codes.append(1) }
    if emphasis.contains(.dim) { codes.append(2) }
    if emphasis.contains(.underline) { codes.append(4) }
    if emphasis.contains(.reverse) { codes.append(7) }
    if let colour = palette.colour(of: style.role) {
      codes += colour < 8 ? [30 + colour] : [38, 5, colour]
    }
    return codes
  }
}

extension StyledLine {
  /// Drops blanks at the end.
  fileprivate mutating func trimEnd() {
    while let last = spans.last {
      var text = last.text
      while text.last == " " { text.removeLast() }
      spans.removeLast()
      if !text.isEmpty { return append(text, last.style) }
    }
  }
}
