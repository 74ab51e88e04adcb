import Engine
import Networks

/// What a network comes to on some examples.
package struct Evaluation: Hashable, Sendable {
  package var loss: Double

  /// The share of right classes or labels, where targets are such.
  package var accuracy: Double?
  package var count: Int

  /// What was measured besides, where it was asked for.
  package var metrics: Metrics?
  package var mistakes: Mistakes?
}

extension Evaluation {
  /// Loss and accuracy of a model on examples, in evaluation mode; nothing where there are none or it was
  /// stopped.
  init?(
    _ model: Model, on examples: Examples, measuring measures: Measures = .loss,
    isStopped: () -> Bool
  ) throws(EngineError) {
    let measured = try model.withAverage { () throws(EngineError) in
      try Self.measured(model, examples, measures, isStopped)
    }
    guard let (sum, gauge) = measured, sum.count > 0 else { return nil }
    self.init(
      loss: gauge.loss, accuracy: model.loss.hasAccuracy ? sum.accuracy : nil,
      count: examples.count, metrics: gauge.metrics, mistakes: gauge.mistakes)
  }

  private static func measured(
    _ model: Model, _ examples: Examples, _ measures: Measures, _ isStopped: () -> Bool
  ) throws(EngineError) -> (LossSum, Gauge)? {
    var sum = LossSum()
    var gauge = try Gauge(measures, model, on: examples)
    var first = 0
    var batch = try model.answerBatch()
    while first < examples.count {
      if isStopped() { return nil }
      let rows = first..<min(first + batch, examples.count)
      let result = try EngineError.shrinking(&batch) { () throws(EngineError) in
        try gauge.measure(examples, rows: rows, by: model)
      }
      guard let result else { continue }
      sum.add(result)
      first = rows.upperBound
    }
    return (sum, gauge)
  }
}

/// Losses and right answers over several batches.
package struct LossSum: Hashable, Sendable {
  /// The sum of the losses of all examples.
  package var losses = 0.0
  package var correct = 0
  package var answers = 0
  package var count = 0
  package var steps = 0

  /// Nothing yet.
  package init() {}

  mutating func add(_ result: StepResult) {
    losses += result.loss * Double(result.count)
    correct += result.correct
    answers += result.count * result.answers
    count += result.count
    steps += 1
  }

  /// The mean loss of all examples.
  var loss: Double { losses / Double(max(count, 1)) }

  /// The share of right answers.
  var accuracy: Double { Double(correct) / Double(max(answers, 1)) }
}
