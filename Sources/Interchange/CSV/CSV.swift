import Networks

/// Tables of comma-separated values, one example a row.
package enum CSV {
  /// Reads a table and, where `test` names one, a second one of the same columns.
  ///
  /// Inputs are `[rows, columns]`, or `[rows, …]` in the shape asked for. Targets are classes, `[rows, 1]`
  /// numbers, or none.
  package static func read(
    _ path: String, test: String? = nil, options: CSVOptions = CSVOptions()
  ) throws(FileError) -> ExamplesPair {
    let (train, options) = try table(path, options)
    let name = Path.stem(of: path)
    let remark = options.label == .first ? "label in the first column" : nil
    guard let test else {
      return ExamplesPair(
        name: name,
        train: Examples(inputs: inputs(train, options), targets: train.targets.alone), test: nil,
        files: [path], remark: remark)
    }
    let other = try table(test, options).table
    guard other.featureCount == train.featureCount else {
      throw FileError(
        path: test,
        problem: .examples(
          .partsDiffer(
            train: Shape([train.featureCount]), path: path, test: Shape([other.featureCount]))))
    }
    let (trainTargets, testTargets) = try RowTargets.shared(
      train.targets, path: path, other.targets, testPath: test)
    return ExamplesPair(
      name: name, train: Examples(inputs: inputs(train, options), targets: trainTargets),
      test: Examples(inputs: inputs(other, options), targets: testTargets), files: [path, test],
      remark: remark)
  }

  /// Reads a table, and says how: where nothing was said of the label, it may turn out to be the first column.
  private static func table(_ path: String, _ options: CSVOptions) throws(FileError) -> (
    table: CSVTable, options: CSVOptions
  ) {
    let table = try CSVTable(try LineReader(path: path), options: options)
    do throws(FileError) { try refuseRealLabels(table) } catch {
      var others = options
      others.label = .first
      guard options.label == nil, let reader = try? LineReader(path: path),
        let other = try? CSVTable(reader, options: others), hasFewClasses(other)
      else { throw error }
      return (other, others)
    }
    return (table, options)
  }

  /// Whether labels are words or whole numbers that come again and again.
  private static func hasFewClasses(_ table: CSVTable) -> Bool {
    guard case .labels(let index, _) = table.targets, (try? refuseRealLabels(table)) != nil else {
      return false
    }
    return index.texts.count * 2 <= table.count
  }

  private static func inputs(_ table: CSVTable, _ options: CSVOptions) -> Tensor {
    Tensor(
      shape: [table.count] + (options.shape?.extents ?? [table.featureCount]),
      values: table.values)
  }

  /// Refuses labels that are numbers but not whole ones: they are measured, not classes.
  private static func refuseRealLabels(_ table: CSVTable) throws(FileError) {
    guard case .labels(let index, _) = table.targets else { return }
    let numbers = index.texts.map(ClassLabels.number)
    guard !numbers.contains(nil) else { return }
    for (text, number) in zip(index.texts, numbers) {
      guard let number, number.rounded() != number else { continue }
      throw FileError(path: table.path, problem: .examples(.realLabel(found: text)))
    }
  }
}
