import Engine
import Networks
import Testing

@testable import Training

/// What several labels of each example come to, against scikit-learn.
struct LabelMetricsTests {
  @Test("figures", arguments: MetricGoldens.all?.labels ?? [])
  func figures(golden: MetricGoldens.LabelCase) {
    var metrics = LabelMetrics(labels: golden.width)
    golden.outputs.withUnsafeBufferPointer { outputs in
      golden.targets.withUnsafeBufferPointer { targets in
        for first in stride(from: 0, to: outputs.count, by: golden.width) {
          metrics.add(
            UnsafeBufferPointer(rebasing: outputs[first..<first + golden.width]),
            targets: UnsafeBufferPointer(rebasing: targets[first..<first + golden.width]))
        }
      }
    }
    let pairs = [
      (metrics.accuracy, golden.accuracy), (metrics.exactShare, golden.exact),
      (metrics.precision, golden.precision), (metrics.recall, golden.recall),
      (metrics.f1, golden.f1), (metrics.microF1, golden.microF1),
    ]
    for (found, expected) in pairs { #expect(abs(found - expected) < 1e-12) }
  }

  @Test("there are such goldens")
  func goldens() { #expect((MetricGoldens.all?.labels.count ?? 0) >= 5) }

  @Test("an output that is no number is wrong either way")
  func undecided() {
    var metrics = LabelMetrics(labels: 2)
    for targets: [Float] in [[0, 1], [1, 0]] {
      targets.withUnsafeBufferPointer { targets in
        let outputs: [Float] = [.nan, .nan]
        outputs.withUnsafeBufferPointer { metrics.add($0, targets: targets) }
      }
    }
    #expect(metrics.accuracy == 0 && metrics.exactShare == 0 && metrics.microF1 == 0)
  }
}
