import Sessions

/// A terminal of the xterm family as far as our programs use one: bytes go in, a screen comes out.
///
/// Sequences it does not know are noted in `unknown`, so that a test can fail on them.
struct Emulator {
  /// One place of the screen.
  struct Cell: Equatable {
    /// What is written there; empty right of a wide character.
    var text: String
    var style: Style

    static let blank = Cell(text: " ", style: Style())
  }

  /// The look of a cell, as set by SGR.
  struct Style: Equatable {
    var foreground: Int?
    var background: Int?
    var isBold = false
    var isDim = false
    var isUnderlined = false
    var isReversed = false
  }

  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var column = 0
  private(set) var row = 0

  /// The private modes in force, such as 1049 for the second screen and 2004 for bracketed paste.
  private(set) var modes: Set<Int> = [7, 25]

  /// Sequences without a meaning here, spelled out.
  var unknown: [String] = []
  var style = Style()
  var parser = Parser()

  private var lines: [[Cell]]
  private var firstScreen: [[Cell]] = []
  private var saved = (column: 0, row: 0)
  private var region: Range<Int>
  private var wrapsNext = false

  /// Lines that left the screen at its top, oldest first.
  private(set) var scrolledOff: [String] = []

  /// An empty screen.
  init(columns: Int = 80, rows: Int = 24) {
    self.columns = columns
    self.rows = rows
    region = 0..<rows
    lines = Array(repeating: Array(repeating: .blank, count: columns), count: rows)
  }

  /// A line of the screen without the blanks at its end.
  func line(_ row: Int) -> String { Self.text(of: lines[row]) }

  /// The screen's lines up to the last that is not empty.
  var text: String {
    var all = lines.map(Self.text)
    while all.last == "" { all.removeLast() }
    return all.joined(separator: "\n")
  }

  /// What a cell looks like.
  func cell(_ column: Int, _ row: Int) -> Cell { lines[row][column] }

  private static func text(of line: [Cell]) -> String {
    var text = line.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  // MARK: Changes

  /// Another size; what does not fit is cut off right and, where the cursor needs it, at the top.
  mutating func resize(columns: Int, rows: Int) {
    func fit(_ screen: [[Cell]], dropping surplus: Int) -> [[Cell]] {
      var screen = Array(screen.dropFirst(surplus).prefix(rows)).map { line in
        line.prefix(columns) + Array(repeating: .blank, count: max(0, columns - line.count))
      }.map(Array.init)
      while screen.count < rows { screen.append(Array(repeating: .blank, count: columns)) }
      return screen
    }
    let surplus = max(0, row - rows + 1)
    lines = fit(lines, dropping: surplus)
    if !firstScreen.isEmpty { firstScreen = fit(firstScreen, dropping: 0) }
    (self.columns, self.rows) = (columns, rows)
    region = 0..<rows
    row = min(row - surplus, rows - 1)
    column = min(column, columns - 1)
    wrapsNext = false
  }

  mutating func put(_ character: Character) {
    let width = DisplayWidth.columns(of: character)
    if width == 0 { return combine(character) }
    if wrapsNext || column + width > columns {
      column = 0
      lineFeed()
    }
    guard width <= columns else { return }
    blankHalves(column)
    lines[row][column] = Cell(text: String(character), style: style)
    if width == 2 {
      blankHalves(column + 1)
      lines[row][column + 1] = Cell(text: "", style: style)
    }
    wrapsNext = column + width == columns && modes.contains(7)
    column = min(column + width, columns - 1)
  }

  /// Adds a mark to the character written last.
  private mutating func combine(_ mark: Character) {
    let last = wrapsNext ? column : max(0, column - 1)
    let base = lines[row][last].text.isEmpty && last > 0 ? last - 1 : last
    lines[row][base].text.append(mark)
  }

  /// Blanks the other half of a wide character that is about to be overwritten.
  private mutating func blankHalves(_ column: Int) {
    if lines[row][column].text.isEmpty, column > 0 { lines[row][column - 1].text = " " }
    if column + 1 < columns, lines[row][column + 1].text.isEmpty {
      lines[row][column + 1].text = " "
    }
  }

  mutating func move(column: Int? = nil, row: Int? = nil) {
    self.column = min(max(column ?? self.column, 0), columns - 1)
    self.row = min(max(row ?? self.row, 0), rows - 1)
    wrapsNext = false
  }

  mutating func lineFeed() {
    wrapsNext = false
    if row == region.upperBound - 1 { scroll(up: 1) } else { row = min(row + 1, rows - 1) }
  }

  mutating func reverseLineFeed() {
    wrapsNext = false
    if row == region.lowerBound { scroll(up: -1) } else { row = max(row - 1, 0) }
  }

  /// Moves the lines of the region up, or down where the count is negative.
  mutating func scroll(up count: Int) {
    shift(region, up: count)
  }

  /// Inserts lines at the cursor, or deletes them where the count is negative.
  mutating func insertLines(_ count: Int) {
    guard region.contains(row) else { return }
    shift(row..<region.upperBound, up: -count)
  }

  private mutating func shift(_ part: Range<Int>, up count: Int) {
    for _ in 0..<min(abs(count), part.count) {
      if count > 0 {
        let line = lines.remove(at: part.lowerBound)
        if part.lowerBound == 0, !modes.contains(1049) { scrolledOff.append(Self.text(of: line)) }
        lines.insert(blankLine, at: part.upperBound - 1)
      } else {
        lines.remove(at: part.upperBound - 1)
        lines.insert(blankLine, at: part.lowerBound)
      }
    }
  }

  /// Inserts blanks at the cursor, or deletes characters where the count is negative.
  mutating func insertBlanks(_ count: Int) {
    for _ in 0..<min(abs(count), columns) {
      if count > 0 {
        lines[row].insert(blankCell, at: column)
        lines[row].removeLast()
      } else {
        lines[row].remove(at: column)
        lines[row].append(blankCell)
      }
    }
  }

  /// Blanks a part of the cursor's line.
  mutating func erase(_ part: Range<Int>) {
    for column in part.clamped(to: 0..<columns) { lines[row][column] = blankCell }
    wrapsNext = false
  }

  /// Blanks whole lines.
  mutating func eraseLines(_ part: Range<Int>) {
    for row in part.clamped(to: 0..<rows) { lines[row] = blankLine }
  }

  mutating func setRegion(_ part: Range<Int>) {
    region = part.clamped(to: 0..<rows)
    if region.isEmpty { region = 0..<rows }
    move(column: 0, row: 0)
  }

  mutating func saveCursor() { saved = (column, row) }

  mutating func restoreCursor() { move(column: saved.column, row: saved.row) }

  mutating func set(mode: Int, _ isOn: Bool) {
    if mode == 1049, isOn != modes.contains(1049) {
      if isOn {
        saveCursor()
        firstScreen = lines
        lines = Array(repeating: blankLine, count: rows)
      } else {
        lines = firstScreen
        firstScreen = []
        restoreCursor()
      }
    }
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
  }

  /// Erased places take the background in force.
  private var blankCell: Cell { Cell(text: " ", style: Style(background: style.background)) }
  private var blankLine: [Cell] { Array(repeating: blankCell, count: columns) }
}
