import Testing

@testable import Training

/// Figures of numbers, held against scikit-learn.
struct NumberMetricsTests {
  private func agree(_ found: Double, _ expected: Double) -> Bool {
    abs(found - expected) < 1e-9 * max(1, abs(expected))
  }

  @Test("numbers as scikit-learn", arguments: MetricGoldens.all?.numbers ?? [])
  func numbers(_ golden: MetricGoldens.NumberCase) {
    let metrics = NumberMetrics(golden.outputs, targets: golden.targets, width: golden.width)
    #expect(metrics.count == golden.outputs.count / golden.width)
    #expect(agree(metrics.meanAbsoluteError, golden.mae))
    #expect(agree(metrics.rootMeanSquaredError, golden.rmse))
    #expect(agree(metrics.r2, golden.r2), "\(metrics.r2) \(golden.r2)")
    if let psnr = golden.psnr {
      #expect(agree(metrics.peakSignalToNoiseRatio, psnr))
    } else {
      #expect(!metrics.peakSignalToNoiseRatio.isFinite)
    }
  }

  @Test("a mean that is far from zero takes no digits away")
  func farFromZero() {
    let targets: [Float] = [10_000_001, 10_000_002, 10_000_003, 10_000_004]
    let outputs: [Float] = [10_000_002, 10_000_002, 10_000_003, 10_000_003]
    let metrics = NumberMetrics(outputs, targets: targets, width: 1)
    #expect(abs(metrics.r2 - 0.6) < 1e-12)
    #expect(metrics.meanAbsoluteError == 0.5)
  }

  @Test("one example has errors and no variance; what is no number stays so")
  func edges() {
    let one = NumberMetrics([1], targets: [3], width: 1)
    #expect(one.meanAbsoluteError == 2 && one.rootMeanSquaredError == 2 && one.r2.isNaN)
    let none = NumberMetrics([.nan, 1], targets: [3, 3], width: 1)
    #expect(none.meanAbsoluteError.isNaN && none.rootMeanSquaredError.isNaN && none.r2.isNaN)
  }

  @Test("metrics tell what the targets have")
  func values() {
    let numbers = Metrics.numbers(NumberMetrics([1, 2], targets: [2, 2], width: 1))
    let classes = Metrics.classes(
      ClassMetrics([1, 0, 0, 1, 1, 0], labels: [0, 1, 1], classes: 2))
    #expect(Metric.allCases.filter { numbers.value(of: $0) != nil } == [.mae, .rmse, .r2, .psnr])
    #expect(
      Metric.allCases.filter { classes.value(of: $0) != nil } == [
        .balanced, .precision, .recall, .f1, .top3, .top5, .iou, .bits,
      ])
    #expect(Metric.allCases.allSatisfy { $0.comparesClasses == (classes.value(of: $0) != nil) })
    #expect(classes.value(of: .recall, class: 1) == 0.5)
    #expect(classes.value(of: .precision, class: 0) == 0.5)
    #expect(classes.value(of: .f1, class: 2) == nil)
    #expect(classes.value(of: .iou, class: 0) == 0.5)
    #expect(classes.value(of: .balanced) == 0.75)
  }
}
