/// Softmax followed by the cross entropy with one integer label per row of logits `[rows, classes]`.
package enum SoftmaxCrossEntropy {
  /// What a range of rows adds up to.
  package struct Result: Equatable, Sendable {
    /// The sum of −log p[label] over the counted rows.
    package var loss: Double
    /// Counted rows whose first greatest logit is the label's.
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
      let greatest = Softmax.greatest(x, classes)
      let chosen = x[label]
      if chosen >= greatest && isFirst(label, x) { result.correct &+= 1 }
      let sum: Float
      if let gradient {
        let target = gradient + row &* classes
        sum = Softmax.exponentials(x, less: greatest, classes, into: target)
        Elementwise.scale(target, by: gradientScale / sum, into: target, count: classes)
        target[label] -= gradientScale
      } else {
        sum = total(x, less: greatest, classes)
      }
      let logarithm = Vector(repeating: sum).logarithm()[0]
      result.loss += Double(sum.isFinite ? logarithm : sum) + Double(greatest) - Double(chosen)
      result.counted &+= 1
    }
    return result
  }

  private static func isFirst(_ label: Int, _ x: UnsafePointer<Float>) -> Bool {
    for earlier in 0..<label where x[earlier] >= x[label] { return false }
    return true
  }

  private static func total(
    _ x: UnsafePointer<Float>, less offset: Float, _ count: Int
  ) -> Float {
    var sums = Vector.zero
    var i = 0
    while i &+ 16 <= count {
      sums += (x.vector(i) - offset).exponential()
      i &+= 16
    }
    let rest = count &- i
    if rest > 0 {
      let e = (x.vector(i, count: rest, filler: -.infinity) - offset).exponential()
      sums += e.replacing(with: 0, where: .!Vector.lanes(before: rest))
    }
    return sums.total
  }
}
