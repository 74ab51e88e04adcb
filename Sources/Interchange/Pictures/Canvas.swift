/// Elements of a picture in SVG, in the order in which they are painted.
struct Canvas {
  private(set) var elements: [String] = []

  /// Where a text is anchored.
  enum Anchor: String {
    case start
    case middle
    case end
  }

  /// How a rectangle is painted.
  struct Box {
    var radius: Double = 4
    var fill = "none"
    var stroke = "none"
    var isDashed = false
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ box: Box = Box()
  ) {
    let dash = box.isDashed ? " stroke-dasharray=\"4 3\"" : ""
    elements.append(
      "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" "
        + "height=\"\(number(height))\" rx=\"\(number(box.radius))\" fill=\"\(box.fill)\" "
        + "stroke=\"\(box.stroke)\"\(dash)/>")
  }

  mutating func circle(_ x: Double, _ y: Double, _ radius: Double, fill: String, stroke: String) {
    elements.append(
      "<circle cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(radius))\" "
        + "fill=\"\(fill)\" stroke=\"\(stroke)\"/>")
  }

  /// Lines from point to point; corners are round where a radius is given.
  mutating func line(
    _ points: [(x: Double, y: Double)], stroke: String, width: Double = 1.2, radius: Double = 0,
    opacity: Double = 1, hasArrow: Bool = false
  ) {
    guard let first = points.first, points.count > 1 else { return }
    var path = "M\(number(first.x)) \(number(first.y))"
    for index in 1..<points.count {
      let point = points[index]
      guard radius > 0, index + 1 < points.count else {
        path += "L\(number(point.x)) \(number(point.y))"
        continue
      }
      let before = Self.toward(points[index - 1], from: point, by: radius)
      let after = Self.toward(points[index + 1], from: point, by: radius)
      path += "L\(number(before.x)) \(number(before.y))Q\(number(point.x)) \(number(point.y)) "
      path += "\(number(after.x)) \(number(after.y))"
    }
    let faint = opacity < 1 ? " opacity=\"\(number(opacity))\"" : ""
    let arrow = hasArrow ? " marker-end=\"url(#arrow)\"" : ""
    elements.append(
      "<path d=\"\(path)\" fill=\"none\" stroke=\"\(stroke)\" stroke-width=\"\(number(width))\" "
        + "stroke-linejoin=\"round\"\(faint)\(arrow)/>")
  }

  /// Draws what lies side by side without a seam.
  mutating func seamless(_ draw: (inout Canvas) -> Void) {
    elements.append("<g shape-rendering=\"crispEdges\">")
    draw(&self)
    elements.append("</g>")
  }

  /// Many lines from point to point, of one look.
  mutating func segments(
    _ segments: [((x: Double, y: Double), (x: Double, y: Double))], stroke: String, width: Double
  ) {
    guard !segments.isEmpty else { return }
    let path = segments.map { from, to in
      "M\(number(from.x)) \(number(from.y))L\(number(to.x)) \(number(to.y))"
    }
    elements.append(
      "<path d=\"\(path.joined())\" fill=\"none\" stroke=\"\(stroke)\" "
        + "stroke-width=\"\(number(width))\" stroke-linecap=\"round\"/>")
  }

  private static func toward(
    _ target: (x: Double, y: Double), from point: (x: Double, y: Double), by length: Double
  ) -> (x: Double, y: Double) {
    let (dx, dy) = (target.x - point.x, target.y - point.y)
    let distance = (dx * dx + dy * dy).squareRoot()
    guard distance > 0 else { return point }
    let share = min(length, distance / 2) / distance
    return (point.x + dx * share, point.y + dy * share)
  }

  /// How a text is set.
  struct Lettering {
    var anchor = Anchor.start
    var size: Double = 12
    var fill = Colours.ink
    var isBold = false
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ lettering: Lettering = Lettering()
  ) {
    let weight = lettering.isBold ? " font-weight=\"600\"" : ""
    elements.append(
      "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(lettering.anchor.rawValue)\" "
        + "font-size=\"\(number(lettering.size))\" fill=\"\(lettering.fill)\"\(weight)>\(XMLText.escaped(text))</text>"
    )
  }

  /// A text that goes up from a place.
  mutating func uprightText(
    _ text: String, _ x: Double, _ y: Double, _ lettering: Lettering = Lettering()
  ) {
    elements.append(
      "<text transform=\"translate(\(number(x)) \(number(y))) rotate(-90)\" "
        + "text-anchor=\"\(lettering.anchor.rawValue)\" font-size=\"\(number(lettering.size))\" "
        + "fill=\"\(lettering.fill)\">\(XMLText.escaped(text))</text>")
  }

  /// The whole picture on white.
  func svg(width: Double, height: Double) -> String {
    """
    <svg xmlns="http://www.w3.org/2000/svg" width="\(number(width))" height="\(number(height))" \
    viewBox="0 0 \(number(width)) \(number(height))" \
    font-family="Inter, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif">
    <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" \
    orient="auto"><path d="M0 1L7 4L0 7z" fill="\(Colours.line)"/></marker></defs>
    <rect width="100%" height="100%" fill="#ffffff"/>
    \(elements.joined(separator: "\n"))
    </svg>

    """
  }

  /// A number with at most one digit behind the point.
  func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let magnitude = tenths.magnitude
    return magnitude.isMultiple(of: 10)
      ? "\(sign)\(magnitude / 10)" : "\(sign)\(magnitude / 10).\(magnitude % 10)"
  }
}

/// The colours of pictures: few, and to be told apart in print.
enum Colours {
  static let ink = "#20242b"
  static let faint = "#6b7280"
  static let line = "#4b5563"
  static let grid = "#e5e7eb"
  static let frame = "#9ca3af"
  static let skip = "#c2571a"
  static let series = ["#2563a8", "#d3601a", "#2e8540", "#7b4bb3", "#c02f3b", "#a87f00"]
}
