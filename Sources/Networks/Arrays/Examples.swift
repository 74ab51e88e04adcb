/// Labelled examples: the inputs of a network and what it shall answer.
package struct Examples: Sendable {
  /// What belongs to each example.
  package enum Targets: Sendable {
    /// A class for each example, as an index into `names`.
    case classes([Int32], names: [String])

    /// A class at each position of each example.
    indirect case maps(ClassMaps)

    /// Numbers for each example, `[count, outputs…]`, at each position where there are extents behind the channels.
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
    case .maps(let maps):
      precondition(maps.labels.count == rows.count * maps.positions, "a label for each position")
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
    switch targets {
    case .classes(_, let names): names
    case .maps(let maps): maps.names
    case .values, .none: nil
    }
  }

  /// All classes, one for each example, or one for each of its positions; nothing where the targets are none.
  package var labels: [Int32]? {
    switch targets {
    case .classes(let labels, _): labels
    case .maps(let maps): maps.labels
    case .values, .none: nil
    }
  }

  /// The classes at positions, where there is one at each.
  package var maps: ClassMaps? { if case .maps(let maps) = targets { maps } else { nil } }

  /// Whether there is a target at each of several positions.
  package var hasPositions: Bool {
    switch targets {
    case .maps: true
    case .values(let values): values.shape.count > 2
    case .classes, .none: false
    }
  }

  /// The characters of the text that the examples are of, where they are of one.
  package var vocabulary: Vocabulary? { maps?.vocabulary }
}
