import Sessions
import Testing

@testable import Terminal

/// Charts as text: every kind of curve, and what must never get lost.
struct ChartTests {
  private func draw(_ chart: Chart, _ size: Size, _ glyphs: Glyphs = .unicode) -> Frame {
    ChartView(chart, glyphs: glyphs).frame(size)
  }

  private func chart(_ values: [Float], scale: Axis.Scale = .linear) -> Chart {
    let points = values.enumerated().map { (step: $0.offset, value: $0.element) }
    return Chart(
      curves: [Chart.Curve(name: "net", training: SeriesPyramid(points))], scale: scale)
  }

  @Test(arguments: Glyphs.allCases)
  func twoNetworksWithTestPointsAndAMark(glyphs: Glyphs) throws {
    for scale in [Axis.Scale.linear, .logarithmic] {
      var chart = ScreenFixture.chart()
      chart.scale = scale
      let name = "chart-\(scale == .linear ? "linear" : "log")\(glyphs == .ascii ? "-ascii" : "")"
      try ExpectedScreen.check(draw(chart, Size(70, 20), glyphs), name)
    }
  }

  @Test func accuracyInPercent() throws {
    let points = (0..<200).map { (step: $0, value: Float(1) - 0.9 / Float(1 + $0 / 10)) }
    let tests = stride(from: 20, to: 200, by: 20).map {
      (step: $0, value: Float(0.9) - 5 / Float($0))
    }
    let chart = Chart(
      curves: [
        Chart.Curve(
          name: "residual", training: SeriesPyramid(points), test: SeriesPyramid(tests))
      ], isPercent: true)
    try ExpectedScreen.check(draw(chart, Size(60, 14)), "chart-accuracy")
  }

  @Test func manyMarksShareTheRoom() throws {
    var chart = ScreenFixture.chart()
    chart.marks = [
      .init(step: 0, label: "start"), .init(step: 100, label: "lr 0.01"),
      .init(step: 104, label: "wrap residual"),
      .init(step: 200, label: "a label too long for its place"),
      .init(step: 390, label: "set conv1 channels=32"), .init(step: 700, label: "out of sight"),
    ]
    try ExpectedScreen.check(draw(chart, Size(70, 12)), "chart-marks")
  }

  @Test func curvesOfOnePointAndOfOneValue() throws {
    try ExpectedScreen.check(draw(chart([0.7]), Size(40, 9)), "chart-one-point")
    try ExpectedScreen.check(
      draw(chart(Array(repeating: 2.3026, count: 50)), Size(40, 9)), "chart-constant")
  }

  @Test func withoutPointsItSaysSo() {
    #expect(draw(Chart(), Size(20, 3)).text == "\n    no curve yet\n\n")
    #expect(draw(chart([]), Size(20, 1)).text == "    no curve yet\n")
    #expect(draw(chart([]), Size(6, 1)).text == "no cu…\n")
  }

  @Test func valuesThatAreNoNumbersAreMarkedWhereTheyAre() throws {
    var values = (0..<80).map { 2 - Float($0) / 100 }
    values[20] = .nan
    values[60] = .infinity
    let frame = draw(chart(values + [.nan]), Size(50, 10))
    try ExpectedScreen.check(frame, "chart-bad")
    #expect(frame.line(0).count { $0 == "✗" } == 3)
    #expect(frame.line(9).hasSuffix("nan"))
    let nothingButBad = draw(chart([.nan, .infinity, -.infinity]), Size(30, 6))
    #expect(nothingButBad.text.contains("✗"))
  }

  /// A single point among many thousands, wherever it lies, is on the chart.
  @Test(arguments: [Axis.Scale.linear, .logarithmic])
  func noSpikeIsLost(scale: Axis.Scale) {
    for place in stride(from: 7, to: 20_000, by: 1237) {
      for spike in [Float(1.9), 1000, 1e30] {
        var values = [Float](repeating: 1, count: 20_000)
        values[place] = spike
        let frame = draw(chart(values, scale: scale), Size(60, 15))
        let foot = Array(frame.line(12))
        let first = (foot.firstIndex(of: "╰") ?? 0) + 1
        let x = first + place * (59 - first) / 20_000
        let rows = (0..<12).filter { y in
          (max(first, x - 1)...min(59, x + 1)).contains { frame[$0, y].style.role == .series0 }
        }
        let sign = (max(first, x - 1)...min(59, x + 1)).contains { frame[$0, 0].character == "▴" }
        #expect(rows.count > 1 || sign, "\(spike) at \(place)")
      }
    }
  }

  @Test func aSpikeBeyondTheAxisDoesNotFlattenTheRest() throws {
    var values = (0..<400).map { 2 / (1 + Float($0) / 40) }
    values[200] = 900
    try ExpectedScreen.check(draw(chart(values), Size(50, 12)), "chart-spike")
  }

  @Test(arguments: [(.unicode, "▴"), (.ascii, "^")] as [(Glyphs, Character)])
  func aTestValueBeyondTheAxisIsMarked(_ glyphs: Glyphs, _ sign: Character) {
    var chart = chart((0..<400).map { 2 / (1 + Float($0) / 40) })
    chart.curves[0].test = SeriesPyramid([(step: 100, value: 1), (step: 200, value: 900)])
    // The first values, to the left, are beyond the axis as well.
    let row = draw(chart, Size(50, 12), glyphs).line(0)
    #expect(row.dropFirst(20).count { $0 == sign } == 1)
  }

  /// A loss often rises where the network was edited: peak, wedge and label are all there.
  @Test(arguments: [(.unicode, "▴", "▾"), (.ascii, "^", "v")] as [(Glyphs, Character, Character)])
  func aPeakBeyondTheAxisIsMarkedBesideAnEdit(
    _ glyphs: Glyphs, _ peak: Character, _ wedge: Character
  ) {
    var values = (0..<400).map { 2 / (1 + Float($0) / 40) }
    for step in 200..<206 { values[step] = 900 }
    var chart = chart(values)
    chart.marks = [.init(step: 200, label: "wrap residual"), .init(step: 40, label: "lr 0.01")]
    let frame = draw(chart, Size(60, 12), glyphs)
    #expect(frame.line(0).contains(peak))
    #expect(frame.line(0).contains("\(wedge) lr 0.01"))
    #expect(frame.line(1).contains("\(wedge) wrap residual"))
  }

  @Test func logarithmicChartsBearZeroAndLess() {
    let frame = draw(chart([1, 0.5, 0, -3, 0.25], scale: .logarithmic), Size(40, 10))
    #expect(frame.text.contains("0.5"))
    #expect(draw(chart([0, -1], scale: .logarithmic), Size(40, 10)).text.contains("net"))
  }

  @Test func absurdValuesAndStepsAreDrawnSomehow() {
    let extremes: [Float] = [

      .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0, .nan,
    ]
    for scale in [Axis.Scale.linear, .logarithmic] {
      for width in [0, 1, 2, 9, 30] {
        for height in [0, 1, 2, 5, 6, 7, 12] {
          _ = draw(chart(extremes, scale: scale), Size(width, height))
          var far = SeriesPyramid()
          for step in [Int.min / 4, 0, Int.max / 4] { far.append(1, at: step) }
          _ = draw(Chart(curves: [Chart.Curve(name: "far", training: far)]), Size(width, height))
        }
      }
    }
  }

  @Test func theAxisHoldsStillWhileTheRunGoesOn() {
    var spans: [Int] = []
    for count in 1...400 {
      let level = [Float](repeating: 1, count: count)
      spans.append(chart(level).span?.upperBound ?? 0)
    }
    #expect(Set(spans).count < 30)
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0 <= $1 })
    var planned = chart([1, 2, 3])
    planned.plannedEnd = 360
    #expect(planned.span == 0...360)
  }

  /// The middle of the smooth line stays between the least and greatest value near it, and does not
  /// look across an edit.
  @Test func smoothingStopsAtMarks() {
    var values = [Float](repeating: 1, count: 100)
    for index in 50..<100 { values[index] = 5 }
    var chart = chart(values)
    chart.marks = [.init(step: 50, label: "edit")]
    let plot = ChartPlot(chart, span: 0...99, width: 100)
    #expect(plot.columns[0].smooth[..<50].allSatisfy { abs(($0 ?? 0) - 1) < 1e-9 })
    #expect(plot.columns[0].smooth[50...].allSatisfy { abs(($0 ?? 0) - 5) < 1e-9 })
    let unmarked = ChartPlot(self.chart(values), span: 0...99, width: 100)
    #expect((unmarked.columns[0].smooth[49] ?? 0) > 1.2)
  }
}
