import Networks

/// Time series of the UCR and UEA archives: `.ts`, `.tsv` (2018) and `.txt` (2015).
package enum TimeSeries {
  /// Reads a data set.
  ///
  /// `path` is a file of a `_TRAIN` and `_TEST` pair, which brings its partner, a folder with such a
  /// pair, or a file alone; `test` names the partner where it is called otherwise. `fill` replaces
  /// missing values and pads the shorter series at their ends; without it both are refused.
  ///
  /// Inputs are `[cases, dimensions, length]`; targets are classes, or `[cases, 1]` where the file
  /// says `@targetLabel true`.
  package static func read(
    _ path: String, test: String? = nil, fill: Float? = nil
  ) throws(FileError) -> ExamplesPair {
    let files = try SeriesFiles(for: path)
    let trainPath = test == nil ? files.train : path
    let testPath = test ?? files.test
    let train = try table(trainPath, fill: fill)
    guard let testPath else {
      let length = try commonLength([train])
      return ExamplesPair(
        name: files.name,
        train: Examples(inputs: try train.tensor(length: length), targets: train.targets.alone),
        test: nil, files: [trainPath])
    }
    let test = try table(testPath, fill: fill)
    guard test.dimensions == train.dimensions else {
      throw FileError(
        path: testPath,
        problem: .examples(
          .partsDiffer(
            train: Shape([train.dimensions, train.lengths[0]]), path: trainPath,
            test: Shape([test.dimensions, test.lengths[0]]))))
    }
    let length = try commonLength([train, test])
    let (trainTargets, testTargets) = try RowTargets.shared(
      train.targets, path: trainPath, test.targets, testPath: testPath)
    return ExamplesPair(
      name: files.name,
      train: Examples(inputs: try train.tensor(length: length), targets: trainTargets),
      test: Examples(inputs: try test.tensor(length: length), targets: testTargets),
      files: [trainPath, testPath])
  }

  private static func table(_ path: String, fill: Float?) throws(FileError) -> SeriesTable {
    let reader = try LineReader(path: path)
    return Path.fileExtension(of: path) == "ts"
      ? try TSReader.read(reader, fill: fill) : try RowsReader.read(reader, fill: fill)
  }

  /// The length that all series have, or are padded to.
  static func commonLength(_ tables: [SeriesTable]) throws(FileError) -> Int {
    guard let leader = tables.first, let first = leader.lengths.first else { return 0 }
    let longest = tables.compactMap { $0.lengths.max() }.max() ?? first
    let shortest = tables.compactMap { $0.lengths.min() }.min() ?? first
    guard longest != shortest else { return longest }
    for table in tables where table.fill == nil {
      guard let odd = table.lengths.firstIndex(where: { $0 != first }) else { continue }
      throw FileError(
        path: table.path, line: table.lines[odd / table.dimensions],
        problem: .series(
          .unequalLengths(
            first: first, path: leader.path, line: leader.lines[0], found: table.lengths[odd],
            lengths: shortest...longest)))
    }
    return longest
  }
}
