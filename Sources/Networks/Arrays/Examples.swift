/// Labelled examples: the inputs of a network and what it shall answer.
package struct Examples: Sendable {
  /// What belongs to each example.
  package enum Targets: Sendable {
    /// A class for each example, as an index into `names`.
    case classes([Int32], names: [String])

    /// Numbers for each example, `[count, outputs…]`.
    case values(Tensor)

    /// Nothing is known of the answers.
    case none
  }

  /// `[count, channels, length]`, `[count, channels, height, width]` or `[count, features]`.
  package let rows: InputRows
  package let targets: Targets

  /// Joins inputs and targets, which must agree in number.
  package init(rows: InputRows, targets: Targets) {
    switch targets {
    case .classes(let labels, _):
      precondition(labels.count == rows.count, "a label for each example")
    case .values(let values):
      precondition(values.shape[0] == rows.count, "a target for each example")
    case .none: break
    }
    self.rows = rows
    self.targets = targets
  }

  /// Joins inputs in memory and targets, which must agree in number.
  package init(inputs: Tensor, targets: Targets) {
    self.init(rows: .memory(inputs), targets: targets)
  }

  /// The number of examples.
  package var count: Int { rows.count }

  /// The shape of one example, without the batch.
  package var shape: Shape { Shape(Array(rows.shape.dropFirst())) }

  /// The classes' names, or nothing where the targets are no classes.
  package var classNames: [String]? {
    if case .classes(_, let names) = targets { names } else { nil }
  }
}
