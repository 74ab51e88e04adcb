import Engine
import Foundation
import Testing

@testable import Training

/// The figures of scikit-learn, which `Tests/Goldens/make_metrics.py` has written.
struct MetricGoldens: Decodable {
  /// Scores of classes, or of the second of two, with what they come to.
  struct ClassCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs: [Float]
    let labels: [Int]
    let classes: Int
    let accuracy: Double
    let balanced: Double
    let precision: Double
    let recall: Double
    let f1: Double
    let iou: Double
    let matrix: [[Int]]

    /// Intersection over union of each class.
    let ious: [Double]?

    /// Precision, recall, F1 and count of each class.
    let by_class: [[Double]]?

    /// Accuracy among the top one, two, three and so on.
    let top: [Double]?

    var testDescription: String { name }
  }

  /// Numbers and what they should be, with what they come to.
  struct NumberCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs: [Float]
    let targets: [Float]
    let width: Int
    let mae: Double
    let rmse: Double
    let r2: Double
    let psnr: Double?

    var testDescription: String { name }
  }

  /// Scores and the labels that they should find, with what they come to.
  struct LabelCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let outputs: [Float]
    let targets: [Float]
    let width: Int
    let accuracy: Double
    let exact: Double
    let precision: Double
    let recall: Double
    let f1: Double
    let microF1: Double

    var testDescription: String { name }

    private enum CodingKeys: String, CodingKey {
      case name, outputs, targets, width, accuracy, exact, precision, recall, f1
      case microF1 = "micro_f1"
    }
  }

  let labels: [LabelCase]
  let classes: [ClassCase]
  let binary: [ClassCase]
  let numbers: [NumberCase]

  static let all: MetricGoldens? = {
    let file = URL(filePath: #filePath).appending(path: "../../../Goldens/Metrics/metrics.json")
      .standardized
    return (try? Data(contentsOf: file)).flatMap {
      try? JSONDecoder().decode(MetricGoldens.self, from: $0)
    }
  }()
}

extension ClassMetrics {
  /// What scores of some examples come to.
  init(_ outputs: [Float], labels: [Int], classes: Int, loss: Loss = .crossEntropy) {
    let width = outputs.count / max(labels.count, 1)
    self.init(
      classes: classes, decision: Decision(outputs: width, loss: loss), hasMatrix: true)
    outputs.withUnsafeBufferPointer { all in
      for (index, label) in labels.enumerated() {
        let own = UnsafeBufferPointer(rebasing: all[index * width..<(index + 1) * width])
        add(own, label: label, loss: ExampleLoss.value(loss, own, label: label))
      }
    }
  }
}

extension NumberMetrics {
  /// What numbers of some examples come to.
  init(_ outputs: [Float], targets: [Float], width: Int) {
    self.init(outputs: width)
    outputs.withUnsafeBufferPointer { outputs in
      targets.withUnsafeBufferPointer { targets in
        for first in stride(from: 0, to: outputs.count, by: width) {
          add(
            UnsafeBufferPointer(rebasing: outputs[first..<first + width]),
            targets: UnsafeBufferPointer(rebasing: targets[first..<first + width]))
        }
      }
    }
  }
}
