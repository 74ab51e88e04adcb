import Sessions

/// A grid of styled cells: what a screen shows, as a value.
///
/// Every write is clipped to the grid. A wide character takes its cell and an empty one right of it;
/// overwriting either half blanks the other, so a row is always as wide as the frame.
package struct Frame: Hashable, Sendable {
  /// One place of the grid.
  package struct Cell: Hashable, Sendable {
    package var character: Character
    package var style: Style

    /// Columns it takes: 1 or 2, or 0 for the right half of a wide character.
    package var width: UInt8

    /// An empty place.
    package static let blank = Cell(character: " ", style: .plain, width: 1)
  }

  package let size: Size
  package private(set) var cells: [Cell]

  /// Where the cursor stands, or nothing where it is hidden.
  package var cursor: Point?

  /// An empty grid.
  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: size.width * size.height)
  }

  package var width: Int { size.width }
  package var height: Int { size.height }
  package var bounds: Rectangle { Rectangle(x: 0, y: 0, width: width, height: height) }

  /// The cell at a place inside the grid.
  package subscript(x: Int, y: Int) -> Cell { cells[y * width + x] }

  /// Whether a row is the same in a frame of the same size.
  package func hasSameRow(_ y: Int, as other: Frame) -> Bool {
    let row = (y * width)..<((y + 1) * width)
    return cells[row] == other.cells[row]
  }

  /// Writes one character; returns the columns it takes, even where it is clipped.
  @discardableResult
  package mutating func put(_ character: Character, x: Int, y: Int, style: Style) -> Int {
    let (drawn, columns) = Frame.drawable(character)
    guard columns > 0, y >= 0, y < height, x >= 0, x < width else { return columns }
    if x + columns > width {
      place(Cell(character: " ", style: style, width: 1), x: x, y: y)
    } else {
      place(Cell(character: drawn, style: style, width: UInt8(columns)), x: x, y: y)
      if columns == 2 { place(Cell(character: " ", style: style, width: 0), x: x + 1, y: y) }
    }
    return columns
  }

  /// Writes text on one row from `x` on, within `limit`; returns the column after it.
  @discardableResult
  package mutating func write(
    _ text: some StringProtocol, x: Int, y: Int, style: Style = .plain, limit: Int? = nil
  ) -> Int {
    let end = min(limit ?? width, width)
    var column = x
    for character in text {
      let columns = Frame.drawable(character).1
      if column + columns > end {
        if column < end { put(" ", x: column, y: y, style: style) }
        break
      }
      column += put(character, x: column, y: y, style: style)
    }
    return column
  }

  /// Fills a part with one character of one column.
  package mutating func fill(
    _ rectangle: Rectangle, with character: Character = " ", style: Style = .plain
  ) {
    let part = rectangle.intersection(bounds)
    guard !part.isEmpty else { return }
    for y in part.y..<part.bottom {
      for x in part.x..<part.right {
        place(Cell(character: character, style: style, width: 1), x: x, y: y)
      }
    }
  }

  /// Changes the style of a part and keeps what is written there.
  package mutating func restyle(_ rectangle: Rectangle, _ change: (Style) -> Style) {
    let part = rectangle.intersection(bounds)
    guard !part.isEmpty else { return }
    for y in part.y..<part.bottom {
      for index in (y * width + part.x)..<(y * width + part.right) {
        cells[index].style = change(cells[index].style)
      }
    }
  }

  /// Copies another frame onto this one; its cursor is taken over where it has one.
  package mutating func paste(_ other: Frame, at origin: Point) {
    let target = Rectangle(x: origin.x, y: origin.y, width: other.width, height: other.height)
    let part = target.intersection(bounds)
    guard !part.isEmpty else { return }
    for y in part.y..<part.bottom {
      split(x: part.x, y: y)
      split(x: part.right, y: y)
      let source = (y - origin.y) * other.width + (part.x - origin.x)
      let destination = y * width + part.x
      for offset in 0..<part.width { cells[destination + offset] = other.cells[source + offset] }
      mend(x: part.x, y: y)
      mend(x: part.right - 1, y: y)
    }
    if let cursor = other.cursor {
      let moved = Point(cursor.x + origin.x, cursor.y + origin.y)
      if bounds.contains(moved) { self.cursor = moved }
    }
  }

  /// Sets a cell and blanks the half of a wide character that it cuts off.
  private mutating func place(_ cell: Cell, x: Int, y: Int) {
    let index = y * width + x
    if cells[index].width == 0, cell.width != 0, x > 0 { blank(index - 1) }
    if cells[index].width == 2, x + 1 < width { blank(index + 1) }
    cells[index] = cell
  }

  /// Blanks a wide character that lies across the boundary left of `x`.
  private mutating func split(x: Int, y: Int) {
    guard x > 0, x < width, cells[y * width + x].width == 0 else { return }
    blank(y * width + x - 1)
    blank(y * width + x)
  }

  /// Blanks half a wide character that clipping left at `x`.
  private mutating func mend(x: Int, y: Int) {
    let index = y * width + x
    let isRightHalf = cells[index].width == 0 && (x == 0 || cells[index - 1].width != 2)
    let isLeftHalf = cells[index].width == 2 && (x + 1 == width || cells[index + 1].width != 0)
    if isRightHalf || isLeftHalf { blank(index) }
  }

  private mutating func blank(_ index: Int) {
    cells[index].character = " "
    cells[index].width = 1
  }
}
