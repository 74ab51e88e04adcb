import Networks

/// What the rows of one file shall be answered with, as far as one file can tell.
enum RowTargets {
  /// Labels of classes; `declared` are those the file names at its top.
  case labels(LabelIndex, declared: [String])

  /// So many numbers for each row.
  case numbers([Float], width: Int)
  case none

  /// The targets of a file's rows, and the file.
  typealias Source = (targets: RowTargets, path: String)

  /// Targets of the rows of several files for each part of a set; all share one mapping of labels to classes.
  ///
  /// Throws where files have targets of different kinds, or more classes than are told apart.
  static func shared(_ parts: [[Source]]) throws(FileError) -> [Examples.Targets] {
    let sources = parts.flatMap { $0 }
    guard let first = sources.first else { return [] }
    for source in sources where !first.targets.isLike(source.targets) {
      throw FileError(path: source.path, problem: .examples(.targetsDiffer(path: first.path)))
    }
    let classes = ClassLabels(of: sources.flatMap(\.targets.labelTexts))
    guard classes.names.count <= ClassLabels.limit else {
      throw FileError(
        path: first.path, problem: .examples(.tooManyClasses(limit: ClassLabels.limit)))
    }
    return parts.map { part in
      switch first.targets {
      case .labels: classes.targets(of: part.compactMap(\.targets.index))
      case .numbers(_, let width):
        values(part.flatMap(\.targets.values), width: width)
      case .none: .none
      }
    }
  }

  private static func values(_ numbers: [Float], width: Int) -> Examples.Targets {
    .values(Tensor(shape: [numbers.count / max(1, width), width], values: numbers))
  }

  private func isLike(_ other: RowTargets) -> Bool {
    switch (self, other) {
    case (.labels, .labels), (.none, .none): true
    case (.numbers(_, let width), .numbers(_, let others)): width == others
    case (.labels, _), (.numbers, _), (.none, _): false
    }
  }

  private var labelTexts: [String] {
    if case .labels(let index, let declared) = self { declared + index.texts } else { [] }
  }

  private var index: LabelIndex? {
    if case .labels(let index, _) = self { index } else { nil }
  }

  private var values: [Float] {
    if case .numbers(let numbers, _) = self { numbers } else { [] }
  }
}
