/// The plane of two inputs with the class that a network gives each place, and examples on top, as a picture for a
/// slide.
package struct SurfacePicture {
  /// A cell of the plane.
  package struct Cell: Hashable, Sendable {
    package let label: Int

    /// How sure the network is: 0 where all classes are alike, 1 where there is no doubt.
    package let certainty: Double

    /// A class and how sure it is.
    package init(label: Int, certainty: Double) {
      (self.label, self.certainty) = (label, certainty)
    }
  }

  /// An example at its place.
  package struct Point: Hashable, Sendable {
    package let x: Double
    package let y: Double
    package let label: Int

    /// Whether the network gives it its class.
    package let isRight: Bool

    /// An example of a class.
    package init(x: Double, y: Double, label: Int, isRight: Bool) {
      (self.x, self.y, self.label, self.isRight) = (x, y, label, isRight)
    }
  }

  private let title: String
  private let note: String
  private let names: [String]
  private let across: ClosedRange<Double>
  private let up: ClosedRange<Double>

  /// Rows from the lower edge to the upper one; nothing where outputs are no numbers.
  private let cells: [[Cell?]]
  private let points: [Point]

  /// A picture of cells that fill both ranges, and of examples.
  package init(
    title: String, note: String, names: [String], across: ClosedRange<Double>,
    up: ClosedRange<Double>, cells: [[Cell?]], points: [Point]
  ) {
    (self.title, self.note, self.names) = (title, note, names)
    (self.across, self.up, self.cells, self.points) = (across, up, cells, points)
  }

  /// Shades of one class.
  private static let shades = 12

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    Slide.drawTitle(title, note: note, into: &canvas)
    let panel = PlotPanel(
      x: 132, y: Slide.top, width: 760, height: 510, across: across, up: up)
    canvas.seamless { drawCells(panel, into: &$0) }
    for point in points {
      let place = panel.point(point.x, point.y)
      canvas.circle(
        place.x, place.y, 4.5, fill: colour(of: point.label),
        stroke: point.isRight ? "#ffffff" : Colours.ink)
    }
    panel.drawAcrossTicks(into: &canvas)
    let length = up.upperBound - up.lowerBound
    panel.drawUpTicks(
      RoundNumbers.within(up, about: 5).map {
        (length > 0 ? ($0 - up.lowerBound) / length : 0.5, PlotFrame.short($0))
      }, hasGrid: false, into: &canvas)
    panel.drawFrame("input 1", "input 2", into: &canvas)
    drawLegend(x: panel.x + panel.width + 40, into: &canvas)
    return canvas.svg(width: Slide.width, height: Slide.height)
  }

  private func drawCells(_ panel: PlotPanel, into canvas: inout Canvas) {
    let count = cells.count
    for (row, line) in cells.enumerated() {
      let fills = line.map { $0.map(fill) }
      let (top, bottom) = (
        (Double(count - row - 1) / Double(count) * panel.height).rounded(),
        (Double(count - row) / Double(count) * panel.height).rounded()
      )
      var first = 0
      while first < fills.count {
        var end = first + 1
        while end < fills.count, fills[end] == fills[first] { end += 1 }
        let edge = { (index: Int) in
          (Double(index) / Double(fills.count) * panel.width).rounded()
        }
        if let fill = fills[first] {
          canvas.rectangle(
            panel.x + edge(first), panel.y + top, edge(end) - edge(first), bottom - top,
            .init(radius: 0, fill: fill))
        }
        first = end
      }
    }
  }

  private func colour(of label: Int) -> String { Colours.series[label % Colours.series.count] }

  private func fill(_ cell: Cell) -> String {
    let shade = (min(max(cell.certainty, 0), 1) * Double(Self.shades)).rounded()
    return ColourScale.mixed(
      (255, 255, 255), ColourScale.parts(of: colour(of: cell.label)),
      0.08 + 0.52 * shade / Double(Self.shades))
  }

  private static let mostNames = 14

  private func drawLegend(x: Double, into canvas: inout Canvas) {
    var y = Slide.top + 16
    for (label, name) in names.prefix(Self.mostNames).enumerated() {
      canvas.circle(x + 10, y - 6, 9, fill: colour(of: label), stroke: "#ffffff")
      canvas.text(name, x + 30, y, .init(size: 20))
      y += 32
    }
    if names.count > Self.mostNames {
      canvas.text("and \(names.count - Self.mostNames) more", x + 30, y, Slide.note)
      y += 32
    }
    y += 12
    for line in [
      "regions: the class that", "the network gives, the", "darker the surer", "",
      "points: train examples,", "dark edge: another class", "is given",
    ] {
      canvas.text(line, x, y, Slide.note)
      y += 24
    }
  }
}
