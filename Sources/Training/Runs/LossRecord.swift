/// The losses of a run, step by step, and what happened at which step.
package struct LossRecord: Sendable {
  /// Something that happened during a run.
  package struct Mark: Hashable, Sendable {
    package let step: Int
    package let label: String
  }

  /// The loss of each step on its batch.
  package private(set) var losses: [Float] = []

  /// Test losses by the number of steps before them.
  package private(set) var tests: [(step: Int, loss: Double)] = []
  package private(set) var marks: [Mark] = []

  /// The steps that were taken before the record began.
  package let firstStep: Int

  init(firstStep: Int) { self.firstStep = firstStep }

  mutating func append(loss: Double) { losses.append(Float(loss)) }

  mutating func append(testLoss: Double) { tests.append((firstStep + losses.count, testLoss)) }

  mutating func mark(_ label: String) {
    marks.append(Mark(step: firstStep + losses.count, label: label))
  }
}
