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
    _ files: DataFiles, options: CSVOptions = CSVOptions(), settings: [String: String] = [:]
  ) throws(FileError) -> ExamplesPair {
    let cache = TextCache(options.storage, format: "csv", settings: settings, files: files)
    return try cache.examples { spool throws(FileError) in
      try examples(files, options: options, into: spool)
    }
  }

  private static func examples(
    _ files: DataFiles, options: CSVOptions, into spool: ValueSpool
  ) throws(FileError) -> TextExamples {
    let (first, options) = try table(files.train[0], options, into: spool)
    func others(_ paths: ArraySlice<String>) throws(FileError) -> [CSVTable] {
      try paths.map { path throws(FileError) in
        let table = try table(path, options, into: spool).table
        try table.checkMatches(first)
        return table
      }
    }
    var parts = try [[first] + others(files.train.dropFirst())]
    if !files.test.isEmpty { parts.append(try others(files.test[...])) }
    return TextExamples(
      name: files.name, remark: options.label == .first ? "label in the first column" : nil,
      files: files.train + files.test,
      rowShape: options.shape?.extents ?? [first.featureCount],
      counts: parts.map { $0.reduce(0) { $0 + $1.count } },
      targets: try RowTargets.shared(parts.map { $0.map { ($0.targets, $0.path) } }))
  }

  /// Reads a table, and says how: where nothing was said of the label, it may turn out to be the first column.
  private static func table(
    _ path: String, _ options: CSVOptions, into spool: ValueSpool
  ) throws(FileError) -> (table: CSVTable, options: CSVOptions) {
    let start = spool.count
    do throws(FileError) {
      let table = try CSVTable(try LineReader(path: path), options: options, into: spool)
      try refuseRealLabels(table)
      return (table, options)
    } catch {
      spool.truncate(to: start)
      if error.isInterruption { throw error }
      var others = options
      others.label = .first
      guard options.label == nil, options.targets == nil, let reader = try? LineReader(path: path),
        let other = try? CSVTable(reader, options: others, into: spool), hasFewClasses(other)
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
