/// Curves over training steps as a picture: raw values faint, smoothed ones over them, test values as
/// dots, edits as marks; a legend says which is which.
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

  /// How large a picture and its letters are.
  package enum Form: Sendable {
    /// To stand in a text.
    case usual

    /// A slide of 16 to 9, with letters that are read from the last row.
    case wide
  }

  private let title: String
  private let quantity: String
  private let curves: [Curve]
  private let marks: [Mark]
  private let isPercent: Bool
  private let layout: Layout

  /// A picture of curves.
  ///
  /// - Parameters:
  ///   - quantity: what is drawn, for the upright axis; the title where nothing is said.
  ///   - isPercent: whether values are shares of one, means of an epoch, shown as percentages.
  package init(
    title: String, quantity: String? = nil, curves: [Curve], marks: [Mark] = [],
    isPercent: Bool = false, form: Form = .usual
  ) {
    self.title = title
    self.quantity = quantity ?? title
    self.curves = curves
    self.marks = marks
    self.isPercent = isPercent
    layout = Layout(form)
  }

  /// Where the plot is, and how much larger letters and lines are than in a text.
  private struct Layout {
    let width: Double
    let height: Double
    let scale: Double
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    init(_ form: Form) {
      switch form {
      case .usual: (width, height, scale) = (720, 450, 1)
      case .wide: (width, height, scale) = (Slide.width, Slide.height, 1.6)
      }
      (left, right) = (78 * scale, width - 24 * scale)
      (top, bottom) = (44 * scale, height - 106 * scale)
    }

    func x(_ share: Double) -> Double { left + share * (right - left) }

    func y(_ share: Double) -> Double { bottom - min(max(share, 0), 1) * (bottom - top) }

    func lettering(
      _ size: Double, anchor: Canvas.Anchor = .start, fill: String = Colours.faint,
      isBold: Bool = false
    ) -> Canvas.Lettering {
      Canvas.Lettering(anchor: anchor, size: size * scale, fill: fill, isBold: isBold)
    }
  }

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    let frame = PlotFrame(curves, isPercent: isPercent)
    canvas.text(
      title, layout.left, 26 * layout.scale,
      layout.lettering(15, fill: Colours.ink, isBold: true))
    drawGrid(frame, into: &canvas)
    for (index, curve) in curves.enumerated() {
      draw(curve, Colours.series[index % Colours.series.count], frame, into: &canvas)
    }
    for mark in marks where frame.steps.contains(Double(mark.step)) {
      let x = layout.x(frame.share(ofStep: Double(mark.step)))
      canvas.line(
        [(x, layout.top), (x, layout.bottom)], stroke: Colours.frame, width: layout.scale)
      canvas.text(
        mark.label, x + 4 * layout.scale, layout.top + 10 * layout.scale, layout.lettering(10))
    }
    drawLegend(into: &canvas)
    return canvas.svg(width: layout.width, height: layout.height)
  }

  private func drawGrid(_ frame: PlotFrame, into canvas: inout Canvas) {
    let scale = layout.scale
    for tick in frame.valueTicks {
      let y = layout.y(frame.share(ofValue: tick))
      canvas.line([(layout.left, y), (layout.right, y)], stroke: Colours.grid, width: scale)
      canvas.text(
        frame.label(ofValue: tick), layout.left - 8 * scale, y + 4 * scale,
        layout.lettering(11, anchor: .end))
    }
    let base = layout.bottom
    canvas.line(
      [(layout.left, base), (layout.right, base)], stroke: Colours.line, width: 1.2 * scale)
    for tick in frame.stepTicks {
      let x = layout.x(frame.share(ofStep: tick))
      canvas.line([(x, base), (x, base + 5 * scale)], stroke: Colours.line, width: 1.2 * scale)
      canvas.text(
        PlotFrame.short(tick), x, base + 18 * scale, layout.lettering(11, anchor: .middle))
    }
    let name = layout.lettering(12, anchor: .middle, fill: Colours.ink)
    canvas.text("training step", (layout.left + layout.right) / 2, base + 38 * scale, name)
    canvas.uprightText(quantity, 20 * scale, (layout.top + base) / 2, name)
  }

  private func draw(
    _ curve: Curve, _ colour: String, _ frame: PlotFrame, into canvas: inout Canvas
  ) {
    let points = curve.training.filter(\.value.isFinite)
    let place = { (point: (step: Int, value: Double)) in
      (
        x: layout.x(frame.share(ofStep: Double(point.step))),
        y: layout.y(frame.share(ofValue: point.value))
      )
    }
    let raw = thinned(points)
    if Self.isSmoothed(points.count) {
      canvas.line(raw.map(place), stroke: colour, width: 0.8 * layout.scale, opacity: 0.3)
    }
    canvas.line(Self.smoothed(points).map(place), stroke: colour, width: 1.8 * layout.scale)
    for point in curve.test where point.value.isFinite {
      let (x, y) = place(point)
      canvas.circle(x, y, 3 * layout.scale, fill: "#ffffff", stroke: colour)
    }
  }

  /// At most two points a column, the least and the greatest, so that no spike is lost.
  private func thinned(_ points: [(step: Int, value: Double)]) -> [(step: Int, value: Double)] {
    let most = Int(layout.right - layout.left)
    guard points.count > 2 * most else { return points }
    return (0..<most).flatMap { column -> [(step: Int, value: Double)] in
      let part = points[(column * points.count / most)..<((column + 1) * points.count / most)]
      guard let least = part.min(by: { $0.value < $1.value }),
        let greatest = part.max(by: { $0.value < $1.value })
      else { return [] }
      return least.step <= greatest.step ? [least, greatest] : [greatest, least]
    }
  }

  /// Whether so many points are drawn smoothed, and raw beneath.
  private static func isSmoothed(_ count: Int) -> Bool { count > 40 }

  /// The points on either side that a smoothed one is the mean with.
  private static func neighbours(_ count: Int) -> Int { max(1, count / 100) }

  /// Means over a fiftieth of the points, at most 300 of them.
  private static func smoothed(_ points: [(step: Int, value: Double)]) -> [(
    step: Int, value: Double
  )] {
    guard isSmoothed(points.count) else { return points }
    let half = neighbours(points.count)
    var sums = [0.0]
    for point in points { sums.append((sums.last ?? 0) + point.value) }
    let stride = max(1, points.count / 300)
    return Swift.stride(from: 0, to: points.count, by: stride).map { index in
      let (low, high) = (max(0, index - half), min(points.count, index + half + 1))
      return (points[index].step, (sums[high] - sums[low]) / Double(high - low))
    }
  }

  private func drawLegend(into canvas: inout Canvas) {
    let scale = layout.scale
    let y = layout.height - 40 * scale
    var x = layout.left
    for (index, curve) in curves.enumerated() {
      let colour = Colours.series[index % Colours.series.count]
      canvas.line(
        [(x, y - 4 * scale), (x + 22 * scale, y - 4 * scale)], stroke: colour, width: 2.2 * scale)
      canvas.text(curve.name, x + 28 * scale, y, layout.lettering(12, fill: Colours.ink))
      x += (28 + 18) * scale + TextSize.width(of: curve.name, size: 12 * scale)
    }
    canvas.text(whatIsDrawn, layout.left, layout.height - 18 * scale, layout.lettering(11))
  }

  /// What lines and dots are, in words.
  private var whatIsDrawn: String {
    var parts: [String] = []
    let longest = curves.map { $0.training.count { $0.value.isFinite } }.max() ?? 0
    let unit = isPercent ? "epoch" : "step"
    if Self.isSmoothed(longest) {
      let width = 2 * Self.neighbours(longest) + 1
      parts.append("lines: training, means of \(width) \(unit)s; faint: each \(unit)")
    } else if longest > 0 {
      parts.append("lines: training, \(isPercent ? "the mean of each epoch" : "each step")")
    }
    if curves.contains(where: { !$0.test.isEmpty }) { parts.append("dots: test, after an epoch") }
    return parts.joined(separator: "; ")
  }
}
