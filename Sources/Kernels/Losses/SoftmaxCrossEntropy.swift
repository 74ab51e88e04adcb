/// Softmax followed by the cross entropy with one integer label per row of logits `[rows, classes]`.
package enum SoftmaxCrossEntropy {
  /// What a range of rows adds up to.
  package struct Result: Equatable, Sendable {
    /// The sum of −log p[label] over the counted rows.
    package var loss: Double
    /// Counted rows whose first greatest logit is the label's; none with a logit that is no number.
    package var correct: Int
    /// Rows with a label in `0..<classes`; the others, such as padding labelled −1, count for nothing.
    package var counted: Int
  }

  /// Sums the loss and writes its gradient, (softmax − one-hot) · `gradientScale`, where asked.
  ///
  /// For the mean over a batch the scale is 1 / rows of the whole batch. Rows that do not count get a
  /// zero gradient. The gradient may be the memory of the logits.
  package static func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<Int32>, rows: Int, classes: Int,
    gradient: UnsafeMutablePointer<Float>?, gradientScale: Float
  ) -> Result {
    var result = Result(loss: 0, correct: 0, counted: 0)
    for row in 0..<rows {
      let x = logits + row &* classes
      let label = Int(labels[row])
      guard label >= 0, label < classes else {
        if let gradient { (gradient + row &* classes).update(repeating: 0, count: classes) }
        continue
      }
      let chosen = x[label]
      let isFirst = isGreatest(label, x, classes)
      let target = gradient.map { $0 + row &* classes }
      let (sum, greatest) = shares(x, classes, scale: gradientScale, into: target)
      target?[label] -= gradientScale
      if isFirst { result.correct &+= 1 }
      let logarithm = Vector(repeating: sum).logarithm()[0]
      result.loss += Double(sum.isFinite ? logarithm : sum) + Double(greatest) - Double(chosen)
      result.counted &+= 1
    }
    return result
  }

  /// Writes exp(x − max) · scale / Σ where there is a target; returns Σ exp(x − max) and the max.
  @inline(__always) static func shares(
    _ x: UnsafePointer<Float>, _ classes: Int, scale: Float,
    into target: UnsafeMutablePointer<Float>?
  ) -> (sum: Float, greatest: Float) {
    if classes < 16 {
      let (e, sum, greatest) = Softmax.narrow(x, classes)
      target?.store(e * (scale / sum), 0, count: classes)
      return (sum, greatest)
    }
    let greatest = Softmax.greatest(x, classes)
    let sum = Softmax.exponentials(x, less: greatest, classes, into: target)
    if let target { Elementwise.scale(target, by: scale / sum, into: target, count: classes) }
    return (sum, greatest)
  }

  /// Whether no earlier logit equals or exceeds this one, and no later one exceeds it.
  static func isGreatest(_ label: Int, _ x: UnsafePointer<Float>, _ classes: Int) -> Bool {
    let chosen = x[label]
    for earlier in 0..<label where !(x[earlier] < chosen) { return false }
    for later in label &+ 1..<classes where !(x[later] <= chosen) { return false }
    return true
  }
}
