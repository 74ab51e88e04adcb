import Sessions

extension Frame {
  /// One row as text without trailing blanks.
  package func line(_ y: Int) -> String {
    var text = ""
    for cell in cells[(y * width)..<((y + 1) * width)] where cell.width > 0 {
      text.append(cell.character)
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The whole grid as text, a line break after every row.
  package var text: String {
    var text = ""
    for y in 0..<height { text += line(y) + "\n" }
    return text
  }

  /// A stretch of one row in one style.
  package struct Run: Hashable, Sendable {
    package let x: Int
    package let text: String
    package let style: Style
  }

  /// A row cut into stretches of one style, blanks at the end included.
  ///
  /// A wide or composed character begins a stretch and ends it, so that whoever draws can place what
  /// follows by its column whatever width the terminal gave that character.
  package func runs(_ y: Int) -> [Run] {
    var runs: [Run] = []
    let start = y * width
    var x = 0
    while x < width {
      let first = x
      let cell = cells[start + x]
      var text = String(cell.character)
      x += max(1, Int(cell.width))
      if isSimple(cell) {
        while x < width, cells[start + x].style == cell.style, isSimple(cells[start + x]) {
          text.append(cells[start + x].character)
          x += 1
        }
      }
      runs.append(Run(x: first, text: text, style: cell.style))
    }
    return runs
  }

  private func isSimple(_ cell: Cell) -> Bool {
    cell.width == 1
      && (cell.character.isASCII || cell.character.unicodeScalars.dropFirst().isEmpty)
  }

  /// A character as a cell can hold it, and its columns: a base with its marks, without joiners.
  ///
  /// Controls become a replacement sign; marks without a base take no column and are dropped.
  package static func drawable(_ character: Character) -> (Character, Int) {
    if let ascii = character.asciiValue {
      if ascii >= 0x20, ascii != 0x7F, character != "\r\n" { return (character, 1) }
      return character == "\t" ? (" ", 1) : ("\u{FFFD}", 1)
    }
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return (character, 0) }
    if scalars.dropFirst().isEmpty {
      let isControl = first.properties.generalCategory == .control
      return isControl ? ("\u{FFFD}", 1) : (character, DisplayWidth.columns(of: character))
    }
    let isFlag = (0x1F1E6...0x1F1FF).contains(first.value)
    var kept = String.UnicodeScalarView([first])
    for scalar in scalars.dropFirst().prefix(4) {
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      guard isFlag || (isMark && !(0xFE00...0xFE0F).contains(scalar.value)) else { break }
      kept.append(scalar)
    }
    let drawn = Character(String(kept))
    return (drawn, DisplayWidth.columns(of: drawn))
  }
}
