import Networks

/// What the rows of one file shall be answered with, as far as one file can tell.
enum RowTargets {
  /// Labels of classes; `declared` are those the file names at its top.
  case labels(LabelIndex, declared: [String])

  /// A number for each row.
  case numbers([Float])
  case none

  /// Targets of the rows of two files that share one mapping of labels to classes.
  static func shared(
    _ train: RowTargets, path: String, _ test: RowTargets, testPath: String
  ) throws(FileError) -> (Examples.Targets, Examples.Targets) {
    switch (train, test) {
    case (.labels(let first, let declared), .labels(let second, let alsoDeclared)):
      let classes = ClassLabels(of: declared + alsoDeclared + first.texts + second.texts)
      return (classes.targets(of: first), classes.targets(of: second))
    case (.numbers(let first), .numbers(let second)):
      return (values(first), values(second))
    case (.none, .none):
      return (.none, .none)
    case (.labels, _), (.numbers, _), (.none, _):
      throw FileError(path: testPath, problem: .examples(.targetsDiffer(path: path)))
    }
  }

  /// Targets of the rows of a file that stands alone.
  var alone: Examples.Targets {
    switch self {
    case .labels(let index, let declared):
      ClassLabels(of: declared + index.texts).targets(of: index)
    case .numbers(let numbers): Self.values(numbers)
    case .none: .none
    }
  }

  private static func values(_ numbers: [Float]) -> Examples.Targets {
    .values(Tensor(shape: [numbers.count, 1], values: numbers))
  }
}
