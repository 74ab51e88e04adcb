#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Sigmoid followed by the cross entropy with one label per logit, 0 or 1: the negative logarithm of the label's
/// share, log(1 + exp(x)) − label · x, as PyTorch's `binary_cross_entropy_with_logits`.
package enum SigmoidCrossEntropy {
  /// Sums the loss of logits `[rows]` and writes its gradient, (sigmoid − label) · `gradientScale`, where asked.
  ///
  /// A logit above 0 is taken for 1. The gradient may be the memory of the logits.
  package static func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<Int32>, rows: Int,
    gradient: UnsafeMutablePointer<Float>?, gradientScale: Float
  ) -> SoftmaxCrossEntropy.Result {
    var result = SoftmaxCrossEntropy.Result(loss: 0, correct: 0, counted: rows)
    for row in 0..<rows {
      let x = Double(logits[row])
      let label = Double(labels[row])
      // exp of what is not above 0 never overflows.
      let small = exp(-abs(x))
      result.loss += max(x, 0) - x * label + log1p(small)
      if !x.isNaN, (x > 0) == (labels[row] == 1) { result.correct &+= 1 }
      let sigmoid = x < 0 ? small / (1 + small) : 1 / (1 + small)
      gradient?[row] = Float(sigmoid - label) * gradientScale
    }
    return result
  }

  /// The same with a number from 0 to 1 for each of several outputs, `[rows, elements]`: the loss of a sample is the
  /// mean over its outputs, and so PyTorch's `BCEWithLogitsLoss` that over the batch.
  ///
  /// Outputs that are on the side of 0 where their targets are of ½ count as correct.
  package static func evaluate(
    logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, rows: Int, elements: Int,
    gradient: UnsafeMutablePointer<Float>?, gradientScale: Float
  ) -> SoftmaxCrossEntropy.Result {
    var result = SoftmaxCrossEntropy.Result(loss: 0, correct: 0, counted: rows)
    let scale = gradientScale / Float(elements)
    for index in 0..<rows &* elements {
      let x = Double(logits[index])
      let target = Double(targets[index])
      let small = exp(-abs(x))
      result.loss += max(x, 0) - x * target + log1p(small)
      if !x.isNaN, (x > 0) == (target > 0.5) { result.correct &+= 1 }
      let sigmoid = x < 0 ? small / (1 + small) : 1 / (1 + small)
      gradient?[index] = Float(sigmoid - target) * scale
    }
    result.loss /= Double(elements)
    return result
  }
}
