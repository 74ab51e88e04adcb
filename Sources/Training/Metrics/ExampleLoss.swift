import Engine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What one example adds to the loss, and the shares of classes that a loss sees in outputs.
package enum ExampleLoss {
  /// The loss of an example of a class, for losses that compare classes.
  package static func value(_ loss: Loss, _ outputs: UnsafeBufferPointer<Float>, label: Int)
    -> Double
  {
    guard let first = outputs.first else { return .nan }
    if loss == .binaryCrossEntropy {
      let score = Double(first)
      return max(score, 0) - score * Double(label) + log1p(exp(-abs(score)))
    }
    guard outputs.indices.contains(label) else { return .nan }
    let greatest = Double(outputs.max() ?? 0)
    let sum = outputs.reduce(0.0) { $0 + exp(Double($1) - greatest) }
    return log(sum) + greatest - Double(outputs[label])
  }

  /// The loss of an example with numbers as targets, for losses that compare numbers.
  package static func value(
    _ loss: Loss, _ outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>
  ) -> Double {
    let count = min(outputs.count, targets.count)
    let sum = (0..<count).reduce(0.0) { sum, index in
      let (output, target) = (Double(outputs[index]), Double(targets[index]))
      if loss == .multiLabel {
        return sum + max(output, 0) - output * target + log1p(exp(-abs(output)))
      }
      return sum + penalty(loss, output - target)
    }
    return sum / Double(count)
  }

  private static func penalty(_ loss: Loss, _ distance: Double) -> Double {
    switch loss {
    case .l2, .crossEntropy, .binaryCrossEntropy, .multiLabel: distance * distance / 2
    case .l1: abs(distance)
    case .huber: abs(distance) > 1 ? abs(distance) - 0.5 : distance * distance / 2
    }
  }

  /// What share of certainty outputs give a class: by softmax, or by the sigmoid of the only one.
  package static func share(of label: Int, _ loss: Loss, _ outputs: [Float]) -> Double {
    guard let first = outputs.first else { return .nan }
    if loss == .binaryCrossEntropy {
      let score = Double(first)
      return 1 / (1 + exp(label == 1 ? -score : score))
    }
    guard outputs.indices.contains(label) else { return .nan }
    let greatest = Double(outputs.max() ?? 0)
    let sum = outputs.reduce(0.0) { $0 + exp(Double($1) - greatest) }
    return exp(Double(outputs[label]) - greatest) / sum
  }
}
