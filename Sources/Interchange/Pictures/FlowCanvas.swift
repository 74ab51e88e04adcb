/// A canvas on which values go down or to the right: places are told along their way and across it.
///
/// Texts stay upright; whoever draws along the way is the same for both directions.
struct FlowCanvas {
  let direction: PictureDirection
  private(set) var canvas = Canvas()

  /// Where values are tapped, by name.
  private var taps: [String: Point] = [:]

  /// The ways of tapped values to their joins, still to be drawn beside all else.
  private(set) var rails: [Rail] = []

  /// A way from a tap to a join, which it reaches through the points at its end.
  struct Rail {
    let start: Point
    let end: [Point]
  }

  /// A place: along the way from its start, across it from the left or from above.
  struct Point {
    var along: Double
    var across: Double

    init(_ along: Double, _ across: Double) {
      self.along = along
      self.across = across
    }
  }

  /// An empty canvas.
  init(_ direction: PictureDirection) { self.direction = direction }

  private func place(_ point: Point) -> (x: Double, y: Double) {
    switch direction {
    case .down: (point.across, point.along)
    case .right: (point.along, point.across)
    }
  }

  /// The place so far below another, as it is seen.
  func below(_ point: Point, by distance: Double) -> Point {
    switch direction {
    case .down: Point(point.along + distance, point.across)
    case .right: Point(point.along, point.across + distance)
    }
  }

  /// A rectangle from its first corner.
  mutating func rectangle(
    _ corner: Point, length: Double, breadth: Double, _ box: Canvas.Box = Canvas.Box()
  ) {
    let (x, y) = place(corner)
    let (width, height) = direction == .down ? (breadth, length) : (length, breadth)
    canvas.rectangle(x, y, width, height, box)
  }

  mutating func circle(_ center: Point, _ radius: Double, fill: String, stroke: String) {
    let (x, y) = place(center)
    canvas.circle(x, y, radius, fill: fill, stroke: stroke)
  }

  /// A line on which values go.
  mutating func line(_ points: [Point], radius: Double = 0, hasArrow: Bool = false) {
    canvas.line(points.map(place), stroke: Colours.line, radius: radius, hasArrow: hasArrow)
  }

  /// A line past a body, or the sign of a sum.
  mutating func skip(_ points: [Point], radius: Double = 0) {
    canvas.line(points.map(place), stroke: Colours.skip, width: 1.6, radius: radius)
  }

  /// A text whose middle is at a place.
  mutating func text(_ text: String, at center: Point, size: Double, fill: String = Colours.ink) {
    let (x, y) = place(center)
    canvas.text(
      text, x, y + (size * 0.35).rounded(), .init(anchor: .middle, size: size, fill: fill))
  }

  /// Notes where a value of a name is tapped.
  mutating func tap(_ name: String, at point: Point) { taps[name] = point }

  /// Notes where the value of a name is joined.
  mutating func join(_ name: String, through end: [Point]) {
    if let start = taps[name] { rails.append(Rail(start: start, end: end)) }
  }

  /// Draws the ways of tapped values beside what reaches so far across.
  mutating func drawRails(beyond across: Double) {
    for (index, rail) in rails.enumerated() {
      guard let first = rail.end.first else { continue }
      let lane = across + Self.lane * Double(index + 1)
      skip(
        [rail.start, .init(rail.start.along, lane), .init(first.along, lane)] + rail.end, radius: 8)
    }
  }

  /// How far the ways of tapped values are from each other.
  static let lane = 14.0

  /// What stands above the whole picture.
  mutating func head(_ title: String, _ facts: String, left: Double) {
    canvas.text(title, left, 28, .init(size: 15, isBold: true))
    canvas.text(facts, left, 45, .init(size: 11, fill: Colours.faint))
  }

  /// A text in the first corner of what begins at a place.
  mutating func title(_ text: String, at corner: Point, isBold: Bool) {
    let (x, y) = place(corner)
    canvas.text(text, x + 10, y + 16, .init(size: 11, fill: Colours.faint, isBold: isBold))
  }

  /// A text beside a line at a place: at its right, or above it.
  mutating func note(_ text: String, beside point: Point) {
    let (x, y) = place(point)
    switch direction {
    case .down: canvas.text(text, x + 6, y + 3, .init(size: 10, fill: Colours.faint))
    case .right:
      canvas.text(text, x, y - 5, .init(anchor: .middle, size: 10, fill: Colours.faint))
    }
  }
}
