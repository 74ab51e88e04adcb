import Sessions

/// What was typed and answered, newest last, and how far back the user looks.
package struct Transcript: Sendable {
  /// A line before it is laid out.
  struct Entry {
    let line: StyledLine

    /// The columns of the widest line of a table that ends here.
    var endedTable: Int?
  }

  /// What the rows are laid out for.
  struct Layout: Equatable {
    var width = 0
    var cutsTables = false
  }

  var entries: [Entry] = []

  /// Answers among them that are laid out for the columns of the screen, oldest first.
  var tables: [Table] = []

  /// How many laid out rows lie below the view; 0 while it follows the newest.
  package internal(set) var offset = 0

  /// Whether the view is where `showAnswer` has left it, and not where the user wants it.
  private var isAtAnswer = false

  /// The layout in which `offset` counts rows.
  private(set) var layout = Layout()

  /// The first line of the newest answer, or of the page that it ends with.
  var answerStart = 0

  /// The first line of all that the last command has answered.
  var turnStart = 0

  /// Whether the newest answer ends with a page.
  package private(set) var hasPage = false

  /// The columns of the newest answer's widest line.
  package internal(set) var answerWidth = 0

  /// The most lines that are kept; the oldest go first.
  package static let capacity = 20_000

  private let glyphs: Glyphs

  /// A transcript of lines that are no newest answer.
  package init(_ lines: [StyledLine] = [], glyphs: Glyphs) {
    self.glyphs = glyphs
    append(lines)
    beginAnswer()
  }

  /// The lines before they are laid out, oldest first.
  package var lines: [StyledLine] { entries.map(\.line) }

  /// Adds lines at the end; a view that looks back stays where it is.
  ///
  /// - Parameter table: how the lines are made for other columns, where they can be.
  package mutating func append(_ new: [StyledLine], laidOut table: Report.Layout? = nil) {
    let new = made(of: new)
    if let table { keep(Table(table, start: entries.count, count: new.count)) }
    entries += new
    answerWidth = new.reduce(answerWidth) { max($0, $1.line.width) }
    if offset > 0 { offset += count(new[...], layout) }
    let surplus = entries.count - Self.capacity * 9 / 10
    if entries.count > Self.capacity {
      entries.removeFirst(surplus)
      answerStart = max(0, answerStart - surplus)
      turnStart = max(0, turnStart - surplus)
      dropTables(surplus)
    }
  }

  /// Lines as entries, each of which knows of the table that it ends.
  func made(of lines: [StyledLine]) -> [Entry] {
    var new = Self.joined(lines).map { Entry(line: $0.spelled(glyphs)) }
    var widest: Int?
    for index in new.indices where new[index].line.isSetInColumns {
      let width = max(widest ?? 0, new[index].line.width)
      let goesOn = index + 1 < new.count && new[index + 1].line.isSetInColumns
      widest = goesOn ? width : nil
      if !goesOn { new[index].endedTable = width }
    }
    return new
  }

  /// Lines that go on with the same text as one, which is laid out for the width there is.
  private static func joined(_ lines: [StyledLine]) -> [StyledLine] {
    var result: [StyledLine] = []
    var goesOn = false
    for line in lines {
      if goesOn, let last = result.popLast() {
        result.append(last + " " + line)
      } else {
        result.append(line)
      }
      goesOn = line.goesOn
    }
    return result
  }

  /// Forgets everything.
  package mutating func clear() {
    (entries, tables) = ([], [])
    offset = 0
    (answerStart, turnStart, answerWidth) = (0, 0, 0)
    hasPage = false
  }

  /// Looks so many rows further back, or forward where negative.
  package mutating func scroll(by rows: Int, size: Size, cutsTables: Bool = false) {
    setWidth(size.width, cutsTables: cutsTables)
    isAtAnswer = false
    let wanted = max(0, offset + rows)
    let room = max(0, available(upTo: wanted + size.height, layout) - size.height)
    offset = min(wanted, room)
  }

  /// Follows the newest again.
  package mutating func follow() {
    offset = 0
    isAtAnswer = false
  }

  /// Follows the newest again, unless the user looks back.
  package mutating func leaveAnswer() { if isAtAnswer { follow() } }

  /// Keeps what is in view when the layout changes.
  package mutating func setWidth(_ width: Int, cutsTables: Bool = false) {
    let wanted = Layout(width: width, cutsTables: cutsTables)
    guard wanted != layout else { return }
    if offset > 0 { offset = count(entries[firstBelow...], wanted) }
    layout = wanted
  }

  /// The first entry below the view.
  var firstBelow: Int {
    var below = offset
    var first = entries.count
    while first > 0, below > 0 {
      first -= 1
      below -= rows(entries[first], layout).count
    }
    return first
  }

  /// The rows in view.
  ///
  /// - Parameter whole: says below a table how to see all of it where its lines are cut; without it they wrap.
  package func frame(_ size: Size, whole: String? = nil) -> Frame {
    var frame = Frame(size)
    let visible = visible(size, whole: whole)
    for (distance, row) in visible.enumerated() {
      frame.write(row.line, x: 0, y: visible.count - 1 - distance)
    }
    return frame
  }

  /// Whether a table in view has to be cut.
  package func showsCutTable(_ size: Size) -> Bool {
    visible(size, whole: "").contains { $0.isCut }
  }

  /// Whether something lies above the view.
  package func hasMoreAbove(_ size: Size) -> Bool {
    let enough = offset + size.height
    return available(upTo: enough + 1, Layout(width: size.width)) > enough
  }

  // MARK: The newest answer

  /// Follows the newest, which begins with what is added next.
  package mutating func beginAnswer() {
    follow()
    (answerStart, answerWidth) = (entries.count, 0)
    turnStart = answerStart
    hasPage = false
  }

  /// Has the newest answer end with a page, which begins with what is added next.
  package mutating func beginPage() {
    follow()
    hasPage = true
    // The command alone is no reason to leave it out.
    if entries.count - turnStart > 1 { (answerStart, answerWidth) = (entries.count, 0) }
  }

  /// Looks at all that the last command has answered from its first line on, where a view has no room for all.
  package mutating func showTurn(_ size: Size, cutsTables: Bool) {
    follow()
    setWidth(size.width, cutsTables: cutsTables)
    offset = max(0, count(turn, layout) - size.height)
    isAtAnswer = true
  }

  /// How many rows of what the last command has answered lie above the view, up to some number.
  package func rowsAbove(_ size: Size, upTo most: Int = 999) -> Int {
    let layout = Layout(width: size.width, cutsTables: layout.cutsTables)
    let enough = offset + size.height + most
    var rows = 0
    for entry in turn.reversed() where rows < enough { rows += self.rows(entry, layout).count }
    return min(most, max(0, rows - offset - size.height))
  }

  /// Whether a view of that size has all of the newest answer, no word and no line of a table broken.
  package func fitsAnswer(_ size: Size) -> Bool { fits(answer, size) }

  /// Whether the same holds for all that the last command has answered.
  package func fitsTurn(_ size: Size) -> Bool { fits(turn, size) }

  private func fits(_ entries: ArraySlice<Entry>, _ size: Size) -> Bool {
    let layout = Layout(width: size.width, cutsTables: true)
    var rows = 0
    for entry in entries.reversed() {
      let isWhole = entry.line.width <= size.width
      if !isWhole, entry.line.isSetInColumns || entry.line.hasWord(over: size.width) {
        return false
      }
      rows += self.rows(entry, layout).count
      if rows > size.height { return false }
    }
    return true
  }

  /// Looks at the newest answer from its first line on.
  package mutating func showAnswer(_ size: Size, cutsTables: Bool) {
    follow()
    setWidth(size.width, cutsTables: cutsTables)
    offset = max(0, count(answer, layout) - size.height)
    isAtAnswer = true
  }

  var answer: ArraySlice<Entry> { entries[min(answerStart, entries.count)...] }

  private var turn: ArraySlice<Entry> { entries[min(turnStart, entries.count)...] }

  // MARK: Rows

  private struct Row {
    let line: StyledLine
    var isCut = false
  }

  /// The rows in view, the lowest first.
  private func visible(_ size: Size, whole: String?) -> ArraySlice<Row> {
    guard size.width > 0, size.height > 0 else { return [] }
    let layout = Layout(width: size.width, cutsTables: whole != nil)
    var rows: [Row] = []
    var index = entries.count
    while index > 0, rows.count < offset + size.height {
      index -= 1
      rows += self.rows(entries[index], layout, whole: whole ?? "").reversed()
    }
    let hidden = min(offset, max(0, rows.count - size.height))
    return rows.dropFirst(hidden).prefix(size.height)
  }

  private func rows(_ entry: Entry, _ layout: Layout, whole: String = "") -> [Row] {
    let width = max(1, layout.width)
    guard layout.cutsTables, entry.line.isSetInColumns else {
      return entry.line.wrapped(to: width).map { Row(line: $0) }
    }
    let ellipsis = glyphs.ellipsis
    let isCut = entry.line.width > width
    var rows = [Row(line: entry.line.cut(to: width, ellipsis: ellipsis), isCut: isCut)]
    if let widest = entry.endedTable, widest > width {
      let hint = StyledLine(whole, .faint).cut(to: width, ellipsis: ellipsis)
      rows.append(Row(line: hint, isCut: true))
    }
    return rows
  }

  func count(_ entries: ArraySlice<Entry>, _ layout: Layout) -> Int {
    entries.reduce(0) { $0 + rows($1, layout).count }
  }

  /// The rows there are, counted from the newest until there are enough.
  private func available(upTo enough: Int, _ layout: Layout) -> Int {
    var count = 0
    var index = entries.count
    while index > 0, count < enough {
      index -= 1
      count += rows(entries[index], layout).count
    }
    return count
  }
}
