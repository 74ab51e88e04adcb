import Sessions

/// A raster finer than cells: braille dots, two by four a cell, or whole cells where there is no braille.
struct DotGrid {
  let cells: Size
  let glyphs: Glyphs
  private(set) var bits: [UInt8]

  init(cells: Size, glyphs: Glyphs) {
    self.cells = cells
    self.glyphs = glyphs
    bits = Array(repeating: 0, count: cells.width * cells.height)
  }

  static func density(_ glyphs: Glyphs) -> (x: Int, y: Int) {
    glyphs == .unicode ? (2, 4) : (1, 1)
  }

  var width: Int { cells.width * Self.density(glyphs).x }
  var height: Int { cells.height * Self.density(glyphs).y }

  /// Sets a dot, rows counted from the upper edge; dots outside are dropped.
  mutating func set(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let density = Self.density(glyphs)
    let index = (y / density.y) * cells.width + x / density.x
    bits[index] |= glyphs == .unicode ? Self.dots[(y % 4) * 2 + x % 2] : 1
  }

  /// Sets the dots of a column between two rows, both included.
  mutating func column(_ x: Int, _ first: Int, _ last: Int) {
    let low = max(0, min(first, last))
    let high = min(height - 1, max(first, last))
    guard low <= high else { return }
    for y in low...high { set(x, y) }
  }

  /// Sets the dots of a line between two points.
  mutating func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
    let steps = max(abs(to.x - from.x), abs(to.y - from.y))
    guard steps > 0 else { return set(from.x, from.y) }
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      set(
        from.x + Int((Double(to.x - from.x) * share).rounded()),
        from.y + Int((Double(to.y - from.y) * share).rounded()))
    }
  }

  /// The braille sign of a cell's dots, or the given sign where there is no braille.
  func sign(_ bits: UInt8, ascii: Character) -> Character {
    guard glyphs == .unicode, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else {
      return ascii
    }
    return Character(scalar)
  }

  private static let dots: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
