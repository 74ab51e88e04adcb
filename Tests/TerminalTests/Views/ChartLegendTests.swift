import Sessions
import Testing

@testable import Terminal

/// What stands beneath a chart where there is little room.
struct ChartLegendTests {
  private func curve(
    _ name: String, _ standing: Chart.Standing, steps: Int = 40, value: Float = 0.7712
  ) -> Chart.Curve {
    let points = (0..<steps).map { (step: $0, value: value) }
    var curve = Chart.Curve(
      name: name, training: SeriesPyramid(points),
      test: SeriesPyramid([(step: steps, value: value + 0.12)]))
    curve.standing = standing
    return curve
  }

  private func lines(_ curves: [Chart.Curve], _ size: Size) -> [String] {
    ChartLegend(Chart(curves: curves), glyphs: .unicode).lines(size).map { line in
      line.map(\.text).joined()
    }
  }

  @Test("one network loses digits and its name before the labels of its figures")
  func one() {
    #expect(
      lines([curve("residual", .learning)], Size(24, 9)) == ["━━ train 0.77 test 0.89"])
    #expect(
      lines([curve("residual", .learning)], Size(32, 9)) == ["━━ residual train 0.77 test 0.89"])
  }

  @Test("two networks in lockstep stand below a line that labels their figures")
  func two() {
    let found = lines(
      [curve("old", .other), curve("plain", .learning), curve("residual", .learning)],
      Size(24, 9))
    #expect(
      found == [
        "            train test", "━━ plain     0.77 0.89", "━━ residual  0.77 0.89",
      ])
  }

  @Test("the only line names the network that trains")
  func onlyLine() {
    let curves = [curve("old", .other), curve("now", .current), curve("residual", .learning)]
    #expect(lines(curves, Size(24, 7)) == ["━━ residual train 0.7712"])
    #expect(lines(curves, Size(60, 7))[0].contains("residual train"))
    #expect(lines(curves, Size(24, 6)) == ["━━ residual train 0.7712"])
    #expect(lines(curves, Size(24, 5)).isEmpty)
  }

  @Test("where one line has no room for figures it names all curves")
  func names() {
    let curves = [curve("plain", .learning), curve("residual", .learning)]
    #expect(lines(curves, Size(26, 6)) == ["━━ plain   ━━ residual"])
  }

  @Test("networks that were trained for longer are cut where those of the last run end")
  func span() {
    let chart = Chart(curves: [curve("old", .other, steps: 3000), curve("new", .learning)])
    #expect(chart.span == 0...40)
    var planned = chart
    planned.plannedEnd = 360
    #expect(planned.span == 0...360)
    let alike = Chart(curves: [curve("old", .other, steps: 60), curve("new", .learning)])
    #expect(alike.span == 0...60)
  }
}
