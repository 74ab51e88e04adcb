/// Curves over training steps as a picture: raw values faint, smoothed ones over them, test values as
/// dots, edits as marks.
package struct CurvePicture {
  /// What one network has come to, by step.
  package struct Curve: Sendable {
    package var name: String
    package var training: [(step: Int, value: Double)] = []
    package var test: [(step: Int, value: Double)] = []

    /// A curve without points.
    package init(name: String) { self.name = name }
  }

  /// Something that happened at a step.
  package struct Mark: Hashable, Sendable {
    package let step: Int
    package let label: String

    /// A step and what happened there.
    package init(step: Int, label: String) {
      self.step = step
      self.label = label
    }
  }

  private let title: String
  private let curves: [Curve]
  private let marks: [Mark]
  private let isPercent: Bool

  /// A picture of curves.
  ///
  /// - Parameter isPercent: whether values are shares of one, shown as percentages.
  package init(title: String, curves: [Curve], marks: [Mark] = [], isPercent: Bool = false) {
    self.title = title
    self.curves = curves
    self.marks = marks
    self.isPercent = isPercent
  }

  private static let (width, height) = (720.0, 420.0)
  private static let (left, right, top, bottom) = (62.0, 24.0, 44.0, 76.0)
  private static let plotWidth = width - left - right
  private static let plotHeight = height - top - bottom

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    let frame = PlotFrame(curves, isPercent: isPercent)
    canvas.text(title, Self.left, 26, .init(size: 15, isBold: true))
    drawGrid(frame, into: &canvas)
    for (index, curve) in curves.enumerated() {
      draw(curve, Colours.series[index % Colours.series.count], frame, into: &canvas)
    }
    for mark in marks where frame.steps.contains(Double(mark.step)) {
      let x = Self.x(frame.share(ofStep: Double(mark.step)))
      canvas.line(
        [(x, Self.top), (x, Self.height - Self.bottom)], stroke: Colours.frame, width: 1)
      canvas.text(mark.label, x + 4, Self.top + 10, .init(size: 10, fill: Colours.faint))
    }
    drawLegend(into: &canvas)
    return canvas.svg(width: Self.width, height: Self.height)
  }

  private static func x(_ share: Double) -> Double { left + share * plotWidth }

  private static func y(_ share: Double) -> Double {
    height - bottom - min(max(share, 0), 1) * plotHeight
  }

  private func drawGrid(_ frame: PlotFrame, into canvas: inout Canvas) {
    for tick in frame.valueTicks {
      let y = Self.y(frame.share(ofValue: tick))
      canvas.line([(Self.left, y), (Self.width - Self.right, y)], stroke: Colours.grid, width: 1)
      canvas.text(
        frame.label(ofValue: tick), Self.left - 8, y + 4,
        .init(
          anchor: .end, size: 11,
          fill: Colours.faint))
    }
    let base = Self.height - Self.bottom
    canvas.line([(Self.left, base), (Self.width - Self.right, base)], stroke: Colours.line)
    for tick in frame.stepTicks {
      let x = Self.x(frame.share(ofStep: tick))
      canvas.line([(x, base), (x, base + 5)], stroke: Colours.line)
      canvas.text(
        PlotFrame.short(tick), x, base + 18, .init(anchor: .middle, size: 11, fill: Colours.faint))
    }
    canvas.text(
      "step", Self.width - Self.right, base + 34, .init(anchor: .end, size: 11, fill: Colours.faint)
    )
  }

  private func draw(
    _ curve: Curve, _ colour: String, _ frame: PlotFrame, into canvas: inout Canvas
  ) {
    let points = curve.training.filter(\.value.isFinite)
    let place = { (point: (step: Int, value: Double)) in
      (
        x: Self.x(frame.share(ofStep: Double(point.step))),
        y: Self.y(frame.share(ofValue: point.value))
      )
    }
    let raw = Self.thinned(points)
    if raw.count < points.count || points.count > 40 {
      canvas.line(raw.map(place), stroke: colour, width: 0.8, opacity: 0.3)
    }
    canvas.line(Self.smoothed(points).map(place), stroke: colour, width: 1.8)
    for point in curve.test where point.value.isFinite {
      let (x, y) = place(point)
      canvas.circle(x, y, 3, fill: "#ffffff", stroke: colour)
    }
  }

  /// At most two points a column, the least and the greatest, so that no spike is lost.
  private static func thinned(_ points: [(step: Int, value: Double)]) -> [(
    step: Int, value: Double
  )] {
    let most = Int(plotWidth)
    guard points.count > 2 * most else { return points }
    return (0..<most).flatMap { column -> [(step: Int, value: Double)] in
      let part = points[(column * points.count / most)..<((column + 1) * points.count / most)]
      guard let least = part.min(by: { $0.value < $1.value }),
        let greatest = part.max(by: { $0.value < $1.value })
      else { return [] }
      return least.step <= greatest.step ? [least, greatest] : [greatest, least]
    }
  }

  /// Means over a fiftieth of the points, at most 300 of them.
  private static func smoothed(_ points: [(step: Int, value: Double)]) -> [(
    step: Int, value: Double
  )] {
    guard points.count > 40 else { return points }
    let half = max(1, points.count / 100)
    var sums = [0.0]
    for point in points { sums.append((sums.last ?? 0) + point.value) }
    let stride = max(1, points.count / 300)
    return Swift.stride(from: 0, to: points.count, by: stride).map { index in
      let (low, high) = (max(0, index - half), min(points.count, index + half + 1))
      return (points[index].step, (sums[high] - sums[low]) / Double(high - low))
    }
  }

  private func drawLegend(into canvas: inout Canvas) {
    var x = Self.left
    let y = Self.height - 20
    for (index, curve) in curves.enumerated() {
      let colour = Colours.series[index % Colours.series.count]
      canvas.line([(x, y - 4), (x + 22, y - 4)], stroke: colour, width: 2.2)
      canvas.text(curve.name, x + 28, y, .init(size: 12))
      x += 28 + TextSize.width(of: curve.name, size: 12) + 14
      guard !curve.test.isEmpty else { continue }
      canvas.circle(x + 3, y - 4, 3, fill: "#ffffff", stroke: colour)
      canvas.text("test", x + 12, y, .init(size: 12, fill: Colours.faint))
      x += 12 + 26 + 18
    }
  }
}
