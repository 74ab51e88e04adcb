/// Lines drawn in braille dots, two by four a character, or in stars where there is no braille.
struct BraillePlot {
  private let columns: Int
  private let rows: Int
  private let glyphs: Glyphs
  private var bits: [UInt8]

  /// An empty plot.
  init(columns: Int, rows: Int, _ glyphs: Glyphs) {
    (self.columns, self.rows, self.glyphs) = (columns, rows, glyphs)
    bits = Array(repeating: 0, count: columns * rows)
  }

  private var density: (x: Int, y: Int) { glyphs == .unicode ? (2, 4) : (1, 1) }

  /// Draws a line between two places, each from 0 to 1 across and up.
  mutating func line(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    let (width, height) = (columns * density.x - 1, rows * density.y - 1)
    let dot = { (place: (x: Double, y: Double)) in
      (
        x: Int((min(max(place.x, 0), 1) * Double(width)).rounded()),
        y: Int(((1 - min(max(place.y, 0), 1)) * Double(height)).rounded())
      )
    }
    let (first, last) = (dot(from), dot(to))
    let steps = max(abs(last.x - first.x), abs(last.y - first.y))
    for step in 0...steps {
      let share = steps > 0 ? Double(step) / Double(steps) : 0
      set(
        first.x + Int((Double(last.x - first.x) * share).rounded()),
        first.y + Int((Double(last.y - first.y) * share).rounded()))
    }
  }

  private mutating func set(_ x: Int, _ y: Int) {
    let index = y / density.y * columns + x / density.x
    guard bits.indices.contains(index) else { return }
    bits[index] |= glyphs == .unicode ? Self.dots[y % 4 * 2 + x % 2] : 1
  }

  /// The rows, without blanks at their ends.
  var lines: [String] {
    (0..<rows).map { row in
      let cells = bits[row * columns..<(row + 1) * columns].map(sign)
      let end = cells.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      return String(cells[..<end])
    }
  }

  private func sign(_ bits: UInt8) -> Character {
    guard bits > 0 else { return " " }
    guard glyphs == .unicode, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return "*" }
    return Character(scalar)
  }

  private static let dots: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
