import Sessions

/// What was typed and answered, newest last, and how far back the user looks.
package struct Transcript: Sendable {
  /// The lines before wrapping, oldest first.
  package private(set) var lines: [StyledLine] = []

  /// How many wrapped rows lie below the view; 0 while it follows the newest.
  package private(set) var offset = 0

  /// The width at which `offset` counts rows.
  private var width = 0

  /// The most lines that are kept; the oldest go first.
  package static let capacity = 20_000

  private let glyphs: Glyphs

  /// A transcript of lines.
  package init(_ lines: [StyledLine] = [], glyphs: Glyphs) {
    self.glyphs = glyphs
    append(lines)
  }

  /// Adds lines at the end; a view that looks back stays where it is.
  package mutating func append(_ new: [StyledLine]) {
    let new = new.map { $0.spelled(glyphs) }
    lines += new
    if offset > 0 { offset += Self.rows(new[...], width) }
    if lines.count > Self.capacity { lines.removeFirst(lines.count - Self.capacity * 9 / 10) }
  }

  /// Forgets everything.
  package mutating func clear() {
    lines = []
    offset = 0
  }

  /// Looks so many rows further back, or forward where negative.
  package mutating func scroll(by rows: Int, size: Size) {
    setWidth(size.width)
    let wanted = max(0, offset + rows)
    let room = max(0, available(upTo: wanted + size.height, width: size.width) - size.height)
    offset = min(wanted, room)
  }

  /// Follows the newest again.
  package mutating func follow() { offset = 0 }

  /// Keeps what is in view when the width changes.
  package mutating func setWidth(_ width: Int) {
    guard width != self.width else { return }
    if offset > 0 {
      var below = offset
      var first = lines.count
      while first > 0, below > 0 {
        first -= 1
        below -= lines[first].wrapped(to: max(1, self.width)).count
      }
      offset = Self.rows(lines[first...], width)
    }
    self.width = width
  }

  /// The rows in view.
  package func frame(_ size: Size) -> Frame {
    var frame = Frame(size)
    guard size.width > 0, size.height > 0 else { return frame }
    var rows: [StyledLine] = []
    var index = lines.count
    while index > 0, rows.count < offset + size.height {
      index -= 1
      rows += lines[index].wrapped(to: size.width).reversed()
    }
    let hidden = min(offset, max(0, rows.count - size.height))
    let visible = rows.dropFirst(hidden).prefix(size.height)
    for (distance, row) in visible.enumerated() {
      frame.write(row, x: 0, y: visible.count - 1 - distance)
    }
    return frame
  }

  /// Whether something lies above the view.
  package func hasMoreAbove(_ size: Size) -> Bool {
    available(upTo: offset + size.height + 1, width: size.width) > offset + size.height
  }

  /// The wrapped rows there are, counted from the newest until there are enough.
  private func available(upTo enough: Int, width: Int) -> Int {
    var rows = 0
    var index = lines.count
    while index > 0, rows < enough {
      index -= 1
      rows += lines[index].wrapped(to: max(1, width)).count
    }
    return rows
  }

  private static func rows(_ lines: ArraySlice<StyledLine>, _ width: Int) -> Int {
    lines.reduce(0) { $0 + $1.wrapped(to: max(1, width)).count }
  }
}
