/// What the loss of the last batch came to; kept by the plan.
package struct LossCell {
  /// The sum over the examples.
  package var loss = 0.0

  /// Examples whose greatest output is the label's; of several labels those that are right.
  package var correct = 0

  /// A sum of earlier losses, on which one without a gradient is added example by example.
  package var earlier = 0.0

  /// No loss yet.
  package init(
    loss: Double = 0.0, correct: Int = 0, earlier: Double = 0.0
  ) {
    self.loss = loss
    self.correct = correct
    self.earlier = earlier
  }

  /// What a loss comes to that is computed row by row.
  ///
  /// Added one after another, losses have the same sum however the examples are cut into batches.
  mutating func add(rows: Int, _ row: (Int) -> (loss: Double, correct: Int)) {
    (loss, correct) = (earlier, 0)
    for index in 0..<rows {
      let (more, right) = row(index)
      loss += more
      correct += right
    }
  }

  /// What a loss comes to whose gradient is computed along.
  mutating func set(loss: Double, correct: Int) { (self.loss, self.correct) = (loss, correct) }
}

/// Softmax cross entropy and its gradient.
package struct CrossEntropyWork {
  let logits: UnsafePointer<Float>
  let labels: UnsafePointer<Int32>
  let rows: Int
  let classes: Int
  let gradient: UnsafeMutablePointer<Float>?
  let cell: UnsafeMutablePointer<LossCell>

  /// The work on this memory, which a plan owns.
  package init(
    logits: UnsafePointer<Float>, labels: UnsafePointer<Int32>, rows: Int, classes: Int,
    gradient: UnsafeMutablePointer<Float>?, cell: UnsafeMutablePointer<LossCell>
  ) {
    self.logits = logits
    self.labels = labels
    self.rows = rows
    self.classes = classes
    self.gradient = gradient
    self.cell = cell
  }

  func run() {
    guard let gradient else {
      return cell.pointee.add(rows: rows) { row in
        let result = SoftmaxCrossEntropy.evaluate(
          logits: logits + row * classes, labels: labels + row, rows: 1, classes: classes,
          gradient: nil, gradientScale: 1)
        return (result.loss, result.correct)
      }
    }
    let result = SoftmaxCrossEntropy.evaluate(
      logits: logits, labels: labels, rows: rows, classes: classes, gradient: gradient,
      gradientScale: 1 / Float(rows))
    cell.pointee.set(loss: result.loss, correct: result.correct)
  }
}

/// Softmax cross entropy with smoothed labels, weights of classes or mixed examples, and its gradient.
package struct SoftCrossEntropyWork {
  let batch: SoftCrossEntropy.Rows
  let smoothing: Float
  let weights: UnsafePointer<Float>?
  let share: UnsafePointer<Float>
  let gradient: UnsafeMutablePointer<Float>?
  let cell: UnsafeMutablePointer<LossCell>

  /// The work on this memory, which a plan owns.
  package init(
    batch: SoftCrossEntropy.Rows, smoothing: Float, weights: UnsafePointer<Float>?,
    share: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>?,
    cell: UnsafeMutablePointer<LossCell>
  ) {
    self.batch = batch
    self.smoothing = smoothing
    self.weights = weights
    self.share = share
    self.gradient = gradient
    self.cell = cell
  }

  func run() {
    let loss = SoftCrossEntropy(smoothing: smoothing, weights: weights, share: share.pointee)
    let result = loss.evaluate(batch, gradient: gradient)
    cell.pointee.set(loss: result.loss, correct: result.correct)
  }
}

/// Sigmoid cross entropy of one output and its gradient.
package struct BinaryCrossEntropyWork {
  let logits: UnsafePointer<Float>
  let labels: UnsafePointer<Int32>
  let rows: Int
  let gradient: UnsafeMutablePointer<Float>?
  let cell: UnsafeMutablePointer<LossCell>

  /// The work on this memory, which a plan owns.
  package init(
    logits: UnsafePointer<Float>, labels: UnsafePointer<Int32>, rows: Int,
    gradient: UnsafeMutablePointer<Float>?, cell: UnsafeMutablePointer<LossCell>
  ) {
    self.logits = logits
    self.labels = labels
    self.rows = rows
    self.gradient = gradient
    self.cell = cell
  }

  func run() {
    guard let gradient else {
      return cell.pointee.add(rows: rows) { row in
        let result = SigmoidCrossEntropy.evaluate(
          logits: logits + row, labels: labels + row, rows: 1, gradient: nil, gradientScale: 1)
        return (result.loss, result.correct)
      }
    }
    let result = SigmoidCrossEntropy.evaluate(
      logits: logits, labels: labels, rows: rows, gradient: gradient,
      gradientScale: 1 / Float(rows))
    cell.pointee.set(loss: result.loss, correct: result.correct)
  }
}

/// Sigmoid cross entropy of several outputs, each with a label, and its gradient.
package struct MultiLabelWork {
  let logits: UnsafePointer<Float>
  let targets: UnsafePointer<Float>
  let rows: Int
  let elements: Int
  let gradient: UnsafeMutablePointer<Float>?
  let cell: UnsafeMutablePointer<LossCell>

  /// The work on this memory, which a plan owns.
  package init(
    logits: UnsafePointer<Float>, targets: UnsafePointer<Float>, rows: Int, elements: Int,
    gradient: UnsafeMutablePointer<Float>?, cell: UnsafeMutablePointer<LossCell>
  ) {
    self.logits = logits
    self.targets = targets
    self.rows = rows
    self.elements = elements
    self.gradient = gradient
    self.cell = cell
  }

  func run() {
    guard let gradient else {
      return cell.pointee.add(rows: rows) { row in
        let result = SigmoidCrossEntropy.evaluate(
          logits: logits + row * elements, targets: targets + row * elements, rows: 1,
          elements: elements, gradient: nil, gradientScale: 1)
        return (result.loss, result.correct)
      }
    }
    let result = SigmoidCrossEntropy.evaluate(
      logits: logits, targets: targets, rows: rows, elements: elements, gradient: gradient,
      gradientScale: 1 / Float(rows))
    cell.pointee.set(loss: result.loss, correct: result.correct)
  }
}

/// A loss between numbers and its gradient.
package struct RegressionWork {
  let kind: RegressionLoss
  let prediction: UnsafePointer<Float>
  let target: UnsafePointer<Float>
  let rows: Int
  let elements: Int
  let gradient: UnsafeMutablePointer<Float>?
  let cell: UnsafeMutablePointer<LossCell>

  /// The work on this memory, which a plan owns.
  package init(
    kind: RegressionLoss, prediction: UnsafePointer<Float>, target: UnsafePointer<Float>, rows: Int,
    elements: Int, gradient: UnsafeMutablePointer<Float>?, cell: UnsafeMutablePointer<LossCell>
  ) {
    self.kind = kind
    self.prediction = prediction
    self.target = target
    self.rows = rows
    self.elements = elements
    self.gradient = gradient
    self.cell = cell
  }

  func run() {
    guard let gradient else {
      return cell.pointee.add(rows: rows) { row in
        let loss = kind.evaluate(
          prediction: prediction + row * elements, target: target + row * elements, rows: 1,
          elements: elements, gradient: nil, gradientScale: 1)
        return (loss, 0)
      }
    }
    let sum = kind.evaluate(
      prediction: prediction, target: target, rows: rows, elements: elements, gradient: gradient,
      gradientScale: 1 / Float(rows))
    cell.pointee.set(loss: sum, correct: 0)
  }
}
