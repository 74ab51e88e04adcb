import Networks

/// Examples kept as arrays: `x` and, where there are answers, `y`.
package enum SafetensorsExamples {
  /// Reads `x` (N×F, N×C×L or N×C×H×W) and `y`, and a test part from a second file.
  ///
  /// An integer `y` has N labels. Those from 0 up are the classes' indices themselves, so that a part
  /// without some class keeps the numbering; `classes` says how many there are where the largest label
  /// is not there. Negative or huge labels are sorted and numbered. A floating `y` has N or N×K targets.
  package static func read(
    _ path: String, test: String? = nil, classes: Int? = nil
  ) throws(FileError) -> ExamplesPair {
    let train = try Part(path)
    let other = test == nil ? nil : try Part(test ?? path)
    if let test, let other, other.inputs.shape.dropFirst() != train.inputs.shape.dropFirst() {
      throw FileError(
        path: test,
        problem: .examples(
          .partsDiffer(
            train: Shape(Array(train.inputs.shape.dropFirst())), path: path,
            test: Shape(Array(other.inputs.shape.dropFirst())))))
    }
    let names = try classNames(of: [train] + (other.map { [$0] } ?? []), classes: classes)
    let testExamples = try other.map { part throws(FileError) in
      try checkSameTargets(train, part)
      return Examples(inputs: part.inputs, targets: part.targets(names: names))
    }
    return ExamplesPair(
      name: Path.stem(of: path),
      train: Examples(inputs: train.inputs, targets: train.targets(names: names)),
      test: testExamples, files: [path] + (test.map { [$0] } ?? []))
  }

  /// The labels that the classes stand for, in the order of their indices.
  private static func classNames(
    of parts: [Part], classes: Int?
  ) throws(FileError) -> [Int64] {
    let labels = Set(parts.flatMap { $0.labels ?? [] })
    let highest = labels.max() ?? -1
    if let classes {
      for part in parts {
        guard let wrong = part.labels?.first(where: { $0 < 0 || $0 >= classes }) else { continue }
        throw FileError(
          path: part.path,
          problem: .examples(.labelOutOfRange(found: Int(wrong), classes: classes)))
      }
      return (0..<Int64(classes)).map { $0 }
    }
    if labels.allSatisfy({ $0 >= 0 }) && highest < ClassLabels.limit {
      return (0..<(highest + 1)).map { $0 }
    }
    guard labels.count <= ClassLabels.limit else {
      throw FileError(
        path: parts[0].path, problem: .examples(.tooManyClasses(limit: ClassLabels.limit)))
    }
    return labels.sorted()
  }

  private static func checkSameTargets(_ train: Part, _ test: Part) throws(FileError) {
    guard
      (train.labels == nil) == (test.labels == nil),
      train.values?.shape.dropFirst() == test.values?.shape.dropFirst()
    else {
      throw FileError(path: test.path, problem: .examples(.targetsDiffer(path: train.path)))
    }
  }

  /// One file's arrays, checked.
  private struct Part {
    let path: String
    let inputs: Tensor
    var labels: [Int64]?
    var values: Tensor?

    init(_ path: String) throws(FileError) {
      self.path = path
      let file = try SafetensorsFile(path: path)
      inputs = try file.tensor("x")
      guard (2...4).contains(inputs.shape.count), !inputs.shape.contains(0) else {
        throw FileError(path: path, problem: .examples(.inputShape(found: inputs.shape)))
      }
      try Self.checkFinite(inputs, name: "x", path: path)
      guard file.contains("y") else { return }
      try readTargets(of: file)
    }

    private mutating func readTargets(of file: SafetensorsFile) throws(FileError) {
      let shape = try file.shape(of: "y")
      let isInteger = try file.elementType(of: "y").isInteger
      let isColumn = shape.count == 1 || (shape.count == 2 && shape[1] == 1)
      guard isInteger ? isColumn : (1...2).contains(shape.count) && !shape.contains(0) else {
        throw FileError(path: path, problem: .examples(.targetShape(found: shape)))
      }
      guard shape[0] == inputs.shape[0] else {
        throw FileError(
          path: path,
          problem: .examples(.exampleCount(inputs: inputs.shape[0], targets: shape[0])))
      }
      if isInteger {
        labels = try file.integers("y")
      } else {
        let tensor = try file.tensor("y")
        try Self.checkFinite(tensor, name: "y", path: path)
        values = Tensor(shape: [shape[0], shape.count == 2 ? shape[1] : 1], values: tensor.values)
      }
    }

    func targets(names: [Int64]) -> Examples.Targets {
      if let values { return .values(values) }
      guard let labels else { return .none }
      let indices = Dictionary(
        uniqueKeysWithValues: names.enumerated().map { ($0.element, Int32($0.offset)) })
      return .classes(labels.map { indices[$0] ?? 0 }, names: names.map { String($0) })
    }

    private static func checkFinite(
      _ tensor: Tensor, name: String, path: String
    ) throws(FileError) {
      guard let index = tensor.values.firstIndex(where: { !$0.isFinite }) else { return }
      throw FileError(
        path: path,
        problem: .examples(
          .notFinite(array: name, index: index, value: tensor.values[index])))
    }
  }
}
