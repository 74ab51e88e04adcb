/// What one batch came to.
package struct StepResult: Equatable, Sendable {
  /// The mean loss of the examples, before the update.
  package var loss: Double

  /// Examples whose greatest output is the label's, or labels that are right; 0 where targets are numbers.
  package var correct: Int

  /// Examples in the batch.
  package var count: Int

  /// Answers that are right or wrong of each example.
  package var answers = 1

  /// Whether the loss is a number of 32 bits; where it is not, nothing was updated.
  package var isFinite: Bool { Float(loss).isFinite }

  /// The share of right answers.
  package var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count * answers) }
}
