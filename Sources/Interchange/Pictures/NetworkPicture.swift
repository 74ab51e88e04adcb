import Networks

/// The architecture of a network as a picture: layers one after another, skips at their side, the
/// places where values meet, and the shapes between.
///
/// From left to right it goes on in further rows where one would be too long for a slide.
package struct NetworkPicture {
  private let diagram: NetworkDiagram
  private let direction: PictureDirection

  /// A picture of what there is to draw.
  package init(_ diagram: NetworkDiagram, direction: PictureDirection = .down) {
    self.diagram = diagram
    self.direction = direction
  }

  private static let (margin, head) = (28.0, 64.0)

  /// Width and height on which texts of 12 units can be read on a slide of 16:9.
  private static let slide = (width: 1280.0, height: 720.0)

  /// The picture as the text of an SVG file.
  package var svg: String {
    let body = self.body
    let (lead, trail) = (entry(diagram.input), entry(diagram.output))
    let length = lead + max(body.length, body.exit.along + trail)
    let axis = max(body.axis, ending(diagram.input) / 2)
    let after = max(body.breadth - body.axis, ending(diagram.output) / 2)
    let texts = max(
      TextSize.width(of: diagram.facts, size: 11), TextSize.width(of: diagram.title, size: 15))
    let (across, along) = (axis + after, length)
    let (inner, height) = direction == .down ? (across, along) : (along, across)
    let width = max(inner, texts) + 2 * Self.margin
    let left = direction == .down ? (width - inner) / 2 : Self.margin
    let start =
      direction == .down
      ? FlowCanvas.Point(Self.head, left + axis) : FlowCanvas.Point(left, Self.head + axis)
    var canvas = FlowCanvas(direction)
    canvas.head(diagram.title, diagram.facts, left: Self.margin)
    draw(body, from: start, on: &canvas)
    canvas.drawRails(beyond: start.across + after)
    let lanes = FlowCanvas.lane * Double(canvas.rails.count)
    let (right, below) = direction == .down ? (lanes, 0) : (0, lanes)
    return canvas.canvas.svg(
      width: width + right, height: Self.head + height + Self.margin + below)
  }

  /// How far a shape at an end reaches along the way, with its line.
  private func entry(_ shape: Shape) -> Double {
    30 + (direction == .down ? 0 : TextSize.width(of: shape.displayText, size: 11) - 8)
  }

  /// How far it reaches across.
  private func ending(_ shape: Shape) -> Double {
    direction == .down ? TextSize.width(of: shape.displayText, size: 11) : 14
  }

  private func draw(
    _ body: FlowPiece, from start: FlowCanvas.Point, on canvas: inout FlowCanvas
  ) {
    let line = 18.0
    let begin = start.along + entry(diagram.input)
    let inputMiddle = start.along + (begin - line - start.along) / 2
    canvas.text(diagram.input.displayText, at: .init(inputMiddle, start.across), size: 11)
    canvas.line(
      [.init(begin - line + 2, start.across), .init(begin, start.across)],
      hasArrow: !body.beginsWithLine)
    body.draw(&canvas, begin, start.across - body.axis)
    let end = FlowCanvas.Point(
      begin + body.exit.along, start.across - body.axis + body.exit.across)
    canvas.line([end, .init(end.along + line, end.across)], hasArrow: true)
    let rest = entry(diagram.output) - line
    canvas.text(
      diagram.output.displayText, at: .init(end.along + line + rest / 2 + 2, end.across), size: 11)
  }

  /// The piece for the whole, in as many rows as show it largest on a slide; in one where a tapped value goes past.
  private var body: FlowPiece {
    let layout = FlowLayout(direction: direction)
    let whole = layout.chain(diagram.chain, input: diagram.input)
    guard direction == .right, !diagram.chain.hasJoins else { return whole }
    let ends = entry(diagram.input) + entry(diagram.output) + 2 * Self.margin
    let fit = { (piece: FlowPiece) in
      let height = piece.breadth + Self.head + Self.margin
      return (width: Self.slide.width / (piece.length + ends), height: Self.slide.height / height)
    }
    let scale = { (piece: FlowPiece) in min(1, fit(piece).width, fit(piece).height) }
    var best = whole
    // About as many rows as suit the slide if all are alike, and fewer to begin with.
    let area = Self.slide.width * (whole.breadth + FlowRows.between)
    var rows = max(1, (whole.length * Self.slide.height / area).squareRoot() / 3)
    for _ in 0..<40 where scale(best) < 1 {
      rows *= 1.1
      let piece = layout.chain(diagram.chain, input: diagram.input, limit: whole.length / rows)
      if scale(piece) > scale(best) { best = piece }
      // More rows would only be higher still.
      if fit(piece).height < scale(best) { break }
    }
    return best
  }
}
