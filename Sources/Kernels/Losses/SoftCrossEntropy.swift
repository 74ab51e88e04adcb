/// Softmax cross entropy with smoothed labels, weights of classes and mixed examples, as PyTorch's
/// `cross_entropy` with `label_smoothing` and `weight` has it.
package struct SoftCrossEntropy {
  /// The share of every label that all classes have between them.
  package var smoothing: Float

  /// A weight for each class, or nothing where all count alike.
  package var weights: UnsafePointer<Float>?

  /// The share that a row's own label has; the rest is that of the example as far from the end as the row's is from the
  /// start, at the same position.
  package var share: Float

  /// The terms of a loss.
  package init(smoothing: Float, weights: UnsafePointer<Float>?, share: Float) {
    self.smoothing = smoothing
    self.weights = weights
    self.share = share
  }

  /// Rows of logits `[rows, classes]` and their labels; an example has as many as it has positions.
  package struct Rows {
    let logits: UnsafePointer<Float>
    let labels: UnsafePointer<Int32>
    let rows: Int
    let classes: Int
    let positions: Int

    /// Rows and what they shall be answered with.
    package init(
      logits: UnsafePointer<Float>, labels: UnsafePointer<Int32>, rows: Int, classes: Int,
      positions: Int = 1
    ) {
      self.logits = logits
      self.labels = labels
      self.rows = rows
      self.classes = classes
      self.positions = positions
    }

    /// The row that a row is mixed with.
    @inline(__always) func partner(of row: Int) -> Int {
      if positions == 1 { return rows &- 1 &- row }
      let position = row % positions
      return rows &- positions &- (row &- position) &+ position
    }
  }

  /// Sums the loss, so that its mean over the rows is weighted by their labels' weights, and writes the gradient of
  /// that mean where asked.
  ///
  /// Labels are those of classes. The gradient may be the memory of the logits.
  package func evaluate(_ batch: Rows, gradient: UnsafeMutablePointer<Float>?)
    -> SoftmaxCrossEntropy.Result
  {
    let (rows, classes) = (batch.rows, batch.classes)
    var total = 0.0
    for row in 0..<rows { total += Double(weight(batch.labels[row])) }
    let unit = total > 0 ? 1 / total : 0
    let even = smoothing / Float(classes)
    var all = Float(classes)
    if let weights { all = (0..<classes).reduce(0) { $0 + weights[$1] } }
    var result = SoftmaxCrossEntropy.Result(loss: 0, correct: 0, counted: rows)
    for row in 0..<rows {
      let x = batch.logits + row &* classes
      let (own, other) = (batch.labels[row], batch.labels[batch.partner(of: row)])
      let first = share * (1 - smoothing) * weight(own)
      let second = (1 - share) * (1 - smoothing) * weight(other)
      let factor = first + second + even * all
      let greatest = share >= 0.5 ? own : other
      if SoftmaxCrossEntropy.isGreatest(Int(greatest), x, classes) { result.correct &+= 1 }
      // The gradient may overwrite the logits, so what is asked of them comes first.
      var sum = Double(first) * Double(x[Int(own)]) + Double(second) * Double(x[Int(other)])
      if even > 0 {
        for c in 0..<classes { sum += Double(even * (weights?[c] ?? 1)) * Double(x[c]) }
      }
      let target = gradient.map { $0 + row &* classes }
      let (exponentials, offset) = SoftmaxCrossEntropy.shares(
        x, classes, scale: factor * Float(unit), into: target)
      let logarithm =
        exponentials.isFinite
        ? Double(Vector(repeating: exponentials).logarithm()[0]) : Double(exponentials)
      result.loss += Double(factor) * (logarithm + Double(offset)) - sum
      guard let target else { continue }
      target[Int(own)] -= first * Float(unit)
      target[Int(other)] -= second * Float(unit)
      if even > 0 {
        for c in 0..<classes { target[c] -= even * Float(unit) * (weights?[c] ?? 1) }
      }
    }
    result.loss *= unit * Double(rows)
    return result
  }

  @inline(__always) private func weight(_ label: Int32) -> Float { weights?[Int(label)] ?? 1 }
}
