import Testing

@testable import Terminal

/// Readable numbers beside a chart.
struct AxisTests {
  @Test(arguments: [
    (0.12, 2.31, 5, 0.0, 2.5, "0 1 2"), (0, 1, 5, 0, 1, "0.00 0.25 0.50 0.75 1.00"),
    (95, 105, 5, 95, 105, "95.0 97.5 100.0 102.5 105.0"), (3, 3, 4, 0, 4.5, "0 2 4"),
    (0, 0, 4, 0, 1, "0.0 0.5 1.0"), (-2, 3, 6, -2, 3, "-2 -1 0 1 2 3"),
    (0, 1783, 4, 0, 2000, "0 1000 2000"), (0, 2.6e7, 4, 0, 2.75e7, "0 1.0e7 2.0e7"),
    (0, 3e-7, 4, 0, 3e-7, "0 1.0e-7 2.0e-7 3.0e-7"),
  ])
  func linear(
    least: Double, greatest: Double, count: Int, lower: Double, upper: Double, labels: String
  ) {
    let axis = Axis(scale: .linear, from: least, to: greatest, count: count)
    #expect(axis.ticks.map(\.label).joined(separator: " ") == labels)
    #expect(abs(axis.lower - lower) <= 1e-9 * max(1, abs(lower)))
    #expect(abs(axis.upper - upper) <= 1e-9 * max(1, abs(upper)))
  }

  @Test(arguments: [
    (0.12, 2.31, 9, "0.1 0.2 0.5 1 2 5"), (0.12, 2.31, 3, "0.1 1"), (1, 1, 5, "1 2"),
    (1e-6, 1, 4, "1e-6 0.0001 0.01 1"), (0.5, 30_000, 6, "1 10 100 1000 10000"),
    (1e-5, 1e5, 5, "0.001 1 1000"),
  ])
  func logarithmic(least: Double, greatest: Double, count: Int, labels: String) {
    let axis = Axis(scale: .logarithmic, from: least, to: greatest, count: count)
    #expect(axis.ticks.map(\.label).joined(separator: " ") == labels)
    #expect(axis.lower <= least && axis.upper >= greatest)
  }

  @Test func percentages() {
    let axis = Axis(scale: .linear, from: 0.4, to: 0.97, count: 5, isPercent: true)
    #expect(axis.ticks.map(\.label) == ["40%", "60%", "80%", "100%"])
  }

  @Test func anyRangeHasDistinctNumbersInsideTheAxis() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<3000 {
      var scale = 1.0
      for _ in 0..<Int.random(in: 0...30, using: &random) { scale *= 10 }
      let least = Double.random(in: -1...1, using: &random) * scale / 1e15
      let greatest = least + Double.random(in: 0...1, using: &random) * scale / 1e12
      let axis = Axis(scale: .linear, from: least, to: greatest, count: 5)
      #expect(axis.lower <= least && axis.upper >= greatest && axis.lower < axis.upper)
      #expect(axis.ticks.count >= 1)
      #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count, "\(least) \(greatest)")
    }
  }

  @Test(arguments: [
    (0, "0"), (50, "50"), (1000, "1k"), (1500, "1500"), (12_000, "12k"), (12_500, "12.5k"),
    (12_345, "12345"), (1_000_000, "1M"), (2_500_000, "2.5M"), (3_000_000_000, "3G"),
  ])
  func steps(step: Int, label: String) {
    #expect(ChartView.stepLabel(step) == label)
  }

  @Test(arguments: [
    (0, 1), (1, 1), (9, 10), (10, 10), (13, 15), (101, 120), (400, 400), (401, 500),
    (999_999, 1_000_000),
  ])
  func lengths(length: Int, round: Int) {
    #expect(Chart.roundLength(atLeast: length) == round)
  }
}
