import Networks

/// Arrays or columns that do not make examples to learn from.
package enum ExamplesProblem: Equatable, Sendable {
  /// A label that is a real number where classes were expected.
  case realLabel(found: String)
  case tooManyClasses(limit: Int)

  /// More than `limit` examples.
  case tooManyExamples(limit: Int)

  /// A label beyond those that were said to be all.
  case labelOutOfRange(found: Int, allowed: ClosedRange<Int>)

  /// Examples of another shape than those of the training part in `path`.
  case partsDiffer(train: Shape, path: String, test: Shape)

  /// Targets of another kind or width than those of the training part in `path`.
  case targetsDiffer(path: String)

  /// Inputs that are no N×F, N×C×L or N×C×H×W.
  case inputShape(found: [Int])

  /// Images that are no N×H×W.
  case imageShape(found: [Int])

  /// Targets that are no list with an entry, or a row, for each example.
  case targetShape(found: [Int])
  case exampleCount(inputs: Int, targets: Int)

  /// An infinite or undefined value at an index of the array, row-major.
  case notFinite(array: String, index: Int, value: Float)
}
