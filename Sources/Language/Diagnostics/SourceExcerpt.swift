/// One line of source made fit for a terminal, with the columns that a range takes in it.
///
/// Tabs become four blanks and the rest is `VisibleText`, so that a hostile file cannot steer the terminal
/// and the underline stands below what it means. A line that is too long is cut round the beginning of the range.
struct SourceExcerpt: Equatable {
  let text: String
  /// Blank columns before the underline.
  let indent: Int
  /// Columns underlined, at least 1.
  let length: Int

  /// - Parameters:
  ///   - columns: the most columns that the excerpt may take.
  ///   - ellipsis: a text of one column that stands for what was cut.
  init(of range: SourceRange, columns available: Int, ellipsis: Character = "…") {
    let source = range.source
    let line = source.bytes(ofLine: source.line(at: range.lowerBound))
    let piece = Self.piece(of: line, around: range.lowerBound, in: source.bytes)
    var cells: [(text: String, width: Int)] = []
    var start: Int?
    var end: Int?
    var offset = piece.lowerBound
    for character in source.text(in: piece) {
      if offset >= range.lowerBound, start == nil { start = cells.count }
      if offset >= range.upperBound, end == nil { end = cells.count }
      let shown = Self.printable(character)
      cells.append((shown, DisplayWidth.columns(of: shown)))
      offset += character.utf8.count
    }
    let first = start ?? cells.count
    let last = max(first, end ?? cells.count)
    let window = Self.window(of: cells.map(\.width), keeping: first, columns: available)
    var shown = ""
    let isCutBefore = window.lowerBound > 0 || piece.lowerBound > line.lowerBound
    if isCutBefore { shown.append(ellipsis) }
    for cell in cells[window] { shown += cell.text }
    if window.upperBound < cells.count || piece.upperBound < line.upperBound {
      shown.append(ellipsis)
    }
    let lead = isCutBefore ? 1 : 0
    text = shown
    indent = lead + Self.sum(cells[window.lowerBound..<first].map(\.width))
    length = max(1, Self.sum(cells[first..<max(first, min(last, window.upperBound))].map(\.width)))
  }

  /// The underline with its caret: `^~~~`.
  var underline: String { "^" + String(repeating: "~", count: length - 1) }

  /// The bytes of a line that are looked at: whole characters near an offset, of whatever length the line is.
  private static func piece(of line: Range<Int>, around offset: Int, in bytes: [UInt8])
    -> Range<Int>
  {
    var lower = max(line.lowerBound, offset - reach)
    var upper = min(line.upperBound, max(offset, line.lowerBound) + reach)
    while lower > line.lowerBound, bytes[lower] & 0xC0 == 0x80 { lower -= 1 }
    while upper < line.upperBound, bytes[upper] & 0xC0 == 0x80 { upper += 1 }
    return min(lower, upper)..<upper
  }

  /// The bytes that are looked at before and behind a place, more than any window shows.
  private static let reach = 1 << 12

  private static func sum(_ widths: [Int]) -> Int { widths.reduce(0, +) }

  /// Cells to show: all when they fit, else a third of the room before the kept cell and the rest
  /// behind it.
  private static func window(of widths: [Int], keeping kept: Int, columns: Int) -> Range<Int> {
    guard sum(widths) > columns else { return 0..<widths.count }
    let room = max(8, columns - 2)
    var lower = kept
    var taken = 0
    while lower > 0, taken + widths[lower - 1] <= room / 3 {
      lower -= 1
      taken += widths[lower]
    }
    var upper = lower
    taken = 0
    while upper < widths.count, taken + widths[upper] <= room {
      taken += widths[upper]
      upper += 1
    }
    while upper == widths.count, lower > 0, taken + widths[lower - 1] <= room {
      lower -= 1
      taken += widths[lower]
    }
    return lower..<upper
  }

  /// A character as it may be written to a terminal.
  static func printable(_ character: Character) -> String {
    if character == "\t" { return "    " }
    return character == "\r\n" ? " " : VisibleText.of(String(character))
  }

  /// A text as it may be written to a terminal on one line.
  static func printable(_ text: String) -> String {
    var shown = ""
    for character in text { shown += printable(character) }
    return shown
  }
}
