import Sessions

/// The lines between panes: strokes that meet become corners and crossings.
struct Borders {
  private var strokes: [Strokes]
  private var isFocused: [Bool]
  private let size: Size

  init(_ size: Size) {
    self.size = size
    strokes = Array(repeating: [], count: size.width * size.height)
    isFocused = Array(repeating: false, count: size.width * size.height)
  }

  /// Adds the lines of a place.
  mutating func add(_ place: Arrangement.Place, isFocused focused: Bool) {
    let box = place.outer
    guard box.width > 1, box.height > 0 else { return }
    switch place.separation {
    case .rules: horizontal(box.x, box.right - 1, box.y, focused, reachesEdges: true)
    case .boxes:
      guard box.height > 1 else { return }
      horizontal(box.x, box.right - 1, box.y, focused)
      horizontal(box.x, box.right - 1, box.bottom - 1, focused)
      vertical(box.y, box.bottom - 1, box.x, focused)
      vertical(box.y, box.bottom - 1, box.right - 1, focused)
    }
  }

  private mutating func horizontal(
    _ from: Int, _ to: Int, _ y: Int, _ focused: Bool, reachesEdges: Bool = false
  ) {
    for x in from...to {
      var stroke: Strokes = [.left, .right]
      if x == from, !reachesEdges { stroke = .right }
      if x == to, !reachesEdges { stroke = .left }
      add(stroke, x, y, focused)
    }
  }

  private mutating func vertical(_ from: Int, _ to: Int, _ x: Int, _ focused: Bool) {
    for y in from...to {
      add(y == from ? .down : y == to ? .up : [.up, .down], x, y, focused)
    }
  }

  private mutating func add(_ stroke: Strokes, _ x: Int, _ y: Int, _ focused: Bool) {
    guard x >= 0, x < size.width, y >= 0, y < size.height else { return }
    strokes[y * size.width + x].formUnion(stroke)
    if focused { isFocused[y * size.width + x] = true }
  }

  /// Draws all lines, those of the focused pane brighter.
  func draw(into frame: inout Frame, glyphs: Glyphs) {
    for y in 0..<size.height {
      for x in 0..<size.width {
        let index = y * size.width + x
        guard !strokes[index].isEmpty else { continue }
        frame.put(
          glyphs.line(strokes[index]), x: x, y: y,
          style: isFocused[index] ? Style(.focus) : .border)
      }
    }
  }
}
