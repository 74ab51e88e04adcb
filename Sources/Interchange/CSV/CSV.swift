import Networks

/// Tables of comma-separated values, one example a row.
package enum CSV {
  /// Reads a table and, where `test` names one, a second one of the same columns.
  package static func read(
    _ path: String, test: String? = nil, options: CSVOptions = CSVOptions()
  ) throws(FileError) -> ExamplesPair {
    try read(DataFiles(train: [path], test: test.map { [$0] } ?? []), options: options)
  }

  /// Reads tables of the same columns, those to train on as one and those to test on as another.
  ///
  /// Inputs are `[rows, columns]`, or `[rows, …]` in the shape asked for. Targets are classes, `[rows, columns]`
  /// numbers, or none.
  package static func read(
    _ files: DataFiles, options: CSVOptions = CSVOptions()
  ) throws(FileError) -> ExamplesPair {
    let (first, options) = try table(files.train[0], options)
    func others(_ paths: ArraySlice<String>) throws(FileError) -> [CSVTable] {
      try paths.map { path throws(FileError) in
        let table = try table(path, options).table
        try table.checkMatches(first)
        return table
      }
    }
    let parts = try [[first] + others(files.train.dropFirst()), others(files.test[...])]
    let targets = try RowTargets.shared(parts.map { $0.map { ($0.targets, $0.path) } })
    func examples(_ part: Int) throws(FileError) -> Examples {
      try Examples(inputs: inputs(parts[part], options), targets: targets[part])
    }
    return ExamplesPair(
      name: files.name, train: try examples(0), test: files.test.isEmpty ? nil : try examples(1),
      files: files.train + files.test,
      remark: options.label == .first ? "label in the first column" : nil)
  }

  /// Reads a table, and says how: where nothing was said of the label, it may turn out to be the first column.
  private static func table(_ path: String, _ options: CSVOptions) throws(FileError) -> (
    table: CSVTable, options: CSVOptions
  ) {
    do throws(FileError) {
      let table = try CSVTable(try LineReader(path: path), options: options)
      try refuseRealLabels(table)
      return (table, options)
    } catch {
      if error.isInterruption { throw error }
      var others = options
      others.label = .first
      guard options.label == nil, options.targets == nil, let reader = try? LineReader(path: path),
        let other = try? CSVTable(reader, options: others), hasFewClasses(other)
      else { throw error }
      return (other, others)
    }
  }

  /// Whether labels are words or whole numbers that come again and again.
  private static func hasFewClasses(_ table: CSVTable) -> Bool {
    guard case .labels(let index, _) = table.targets, (try? refuseRealLabels(table)) != nil else {
      return false
    }
    return index.texts.count > 1 && index.texts.count * 2 <= table.count
  }

  private static func inputs(
    _ tables: [CSVTable], _ options: CSVOptions
  ) throws(FileError) -> Tensor {
    var values = tables[0].values
    for table in tables.dropFirst() {
      guard table.values.count <= FileLimits.values - values.count else {
        throw FileError(
          path: table.path, problem: .table(.tooManyValues(limit: FileLimits.values)))
      }
      try values.makeRoom(table.values.count, for: table.path)
      values += table.values
    }
    let count = tables.reduce(0) { $0 + $1.count }
    return Tensor(
      shape: [count] + (options.shape?.extents ?? [tables[0].featureCount]), values: values)
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
