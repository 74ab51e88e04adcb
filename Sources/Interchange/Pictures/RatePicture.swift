#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The loss over learning rates on a logarithmic scale: each step faint, the smoothed loss over it, rates as marks.
package struct RatePicture {
  /// A step of the test.
  package struct Point: Sendable {
    package let rate: Double
    package let loss: Double
    package let smoothed: Double

    /// A step at a rate above 0.
    package init(rate: Double, loss: Double, smoothed: Double) {
      (self.rate, self.loss, self.smoothed) = (rate, loss, smoothed)
    }
  }

  private let title: String
  private let points: [Point]
  private let marks: [(rate: Double, label: String)]

  /// A picture of points by ascending rates.
  package init(title: String, points: [Point], marks: [(rate: Double, label: String)]) {
    self.title = title
    self.points = points.filter { $0.rate > 0 && $0.smoothed.isFinite && $0.loss.isFinite }
    self.marks = marks
  }

  private static let (width, height) = (720.0, 420.0)
  private static let (left, right, top, bottom) = (62.0, 24.0, 44.0, 62.0)

  /// The picture as the text of an SVG file.
  package var svg: String {
    var canvas = Canvas()
    canvas.text(title, Self.left, 26, .init(size: 15, isBold: true))
    drawAxes(into: &canvas)
    canvas.line(
      points.map { (x($0.rate), y($0.loss)) }, stroke: Colours.series[0], width: 0.8, opacity: 0.3)
    canvas.line(
      points.map { (x($0.rate), y($0.smoothed)) }, stroke: Colours.series[0], width: 1.8)
    for (index, mark) in marks.enumerated() where mark.rate > 0 {
      let place = x(mark.rate)
      canvas.line(
        [(place, Self.top), (place, Self.height - Self.bottom)], stroke: Colours.series[1], width: 1
      )
      canvas.text(
        mark.label, place + 4, Self.top + 10 + 14 * Double(index),
        .init(size: 10, fill: Colours.series[1]))
    }
    return canvas.svg(width: Self.width, height: Self.height)
  }

  private func drawAxes(into canvas: inout Canvas) {
    let base = Self.height - Self.bottom
    let greatest = greatest
    for index in 0...4 {
      let value = greatest * Double(index) / 4
      canvas.line(
        [(Self.left, y(value)), (Self.width - Self.right, y(value))], stroke: Colours.grid, width: 1
      )
      canvas.text(
        PlotFrame.short((value * 100).rounded() / 100), Self.left - 8, y(value) + 4,
        .init(anchor: .end, size: 11, fill: Colours.faint))
    }
    canvas.line([(Self.left, base), (Self.width - Self.right, base)], stroke: Colours.line)
    let powers =
      Int(
        decades.lowerBound.rounded(.up))...max(
        Int(decades.lowerBound.rounded(.up)), Int(decades.upperBound.rounded(.down)))
    for power in powers {
      let place = x(pow(10, Double(power)))
      canvas.line([(place, base), (place, base + 5)], stroke: Colours.line)
      canvas.text(
        power < -3 || power > 3 ? "1e\(power)" : PlotFrame.short(pow(10, Double(power))), place,
        base + 18, .init(anchor: .middle, size: 11, fill: Colours.faint))
    }
    canvas.text(
      "learning rate", Self.width - Self.right, base + 36,
      .init(anchor: .end, size: 11, fill: Colours.faint))
  }

  /// The powers of ten between the first and the last rate.
  private var decades: ClosedRange<Double> {
    let least = min(max(log10(points.first?.rate ?? 1e-6), -100), 100)
    let greatest = min(max(log10(points.last?.rate ?? 10), -100), 100)
    return least...max(greatest, least + 0.1)
  }

  /// The top of the scale: what diverges may leave it.
  private var greatest: Double {
    let first = points.first?.smoothed ?? 1
    return max(min(points.map(\.smoothed).max() ?? 1, 2 * first), 1e-9)
  }

  private func x(_ rate: Double) -> Double {
    let share = (log10(rate) - decades.lowerBound) / (decades.upperBound - decades.lowerBound)
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func y(_ loss: Double) -> Double {
    let share = min(max(loss / greatest, 0), 1)
    return Self.height - Self.bottom - share * (Self.height - Self.top - Self.bottom)
  }
}
