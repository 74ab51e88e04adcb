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

  /// The sum of the losses of all `terms`, on top of the sum that an evaluation was given.
  package var sum = 0.0

  /// How many losses the mean is of: examples, or their answers where there are classes.
  package var terms = 1

  /// How long other processes were waited for, where some take the steps together.
  package var peerTimes: PeerTimes?

  /// Whether the loss is a number of 32 bits; where it is not, nothing was updated.
  package var isFinite: Bool { Float(loss).isFinite }

  /// Takes in what further examples came to, whose losses were added to the sum.
  mutating func add(_ other: StepResult) {
    (correct, count, terms) = (correct + other.correct, count + other.count, terms + other.terms)
    sum = other.sum
    loss = sum / Double(max(terms, 1))
  }

  /// The share of right answers.
  package var accuracy: Double { count == 0 ? 0 : Double(correct) / Double(count * answers) }
}
