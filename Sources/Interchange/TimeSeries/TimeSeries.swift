import Networks

/// Time series of the UCR and UEA archives: `.ts`, `.tsv` (2018) and `.txt` (2015).
package enum TimeSeries {
  /// How series are to be read.
  package struct Options: Equatable, Sendable {
    /// What replaces a missing value, and what shorter series are padded with; nothing refuses missing values and
    /// pads with 0.
    package var fill: Float?

    /// What becomes of series of several lengths; nothing refuses them.
    package var uneven: Uneven?

    /// The defaults: every value there, every series as long as the others.
    package init(fill: Float? = nil, uneven: Uneven? = nil) {
      self.fill = fill
      self.uneven = uneven
    }
  }

  /// How series come to one length, at their ends.
  package enum Uneven: Equatable, Sendable {
    case pad
    case cut
  }

  /// Reads a data set.
  ///
  /// `path` is a file of a `_TRAIN` and `_TEST` pair, which brings its partner, a folder with such a
  /// pair, or a file alone; `test` names the partner where it is called otherwise.
  package static func read(
    _ path: String, test: String? = nil, options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    try read(DataFiles(train: [path], test: test.map { [$0] } ?? []), options: options)
  }

  /// Reads files of series, those to train on as one part and those to test on as another.
  ///
  /// A file alone brings its partner, as `read(_:test:options:)` says. Inputs are `[cases, dimensions, length]`;
  /// targets are classes, or `[cases, 1]` where the files say `@targetLabel true`.
  package static func read(
    _ files: DataFiles, options: Options = Options()
  ) throws(FileError) -> ExamplesPair {
    var (files, name) = (files, files.name)
    if files.train.count == 1, files.test.isEmpty || Folder.exists(files.train[0]) {
      let found = try SeriesFiles(for: files.train[0])
      name = found.name
      files = DataFiles(
        train: [found.train],
        test: files.test.isEmpty ? found.test.map { [$0] } ?? [] : files.test)
    }
    func tables(_ paths: [String]) throws(FileError) -> [SeriesTable] {
      try paths.map { path throws(FileError) in try table(path, options) }
    }
    let parts = try [tables(files.train), tables(files.test)]
    try checkDimensions(parts.flatMap { $0 })
    let length = try commonLength(parts.flatMap { $0 }, uneven: options.uneven)
    let targets = try RowTargets.shared(parts.map { $0.map { ($0.targets, $0.path) } })
    func examples(_ part: Int) throws(FileError) -> Examples {
      try Examples(
        inputs: inputs(parts[part], length: length, fill: options.fill), targets: targets[part])
    }
    return ExamplesPair(
      name: name, train: try examples(0), test: files.test.isEmpty ? nil : try examples(1),
      files: files.train + files.test)
  }

  private static func table(_ path: String, _ options: Options) throws(FileError) -> SeriesTable {
    let reader = try LineReader(path: path)
    return Path.fileExtension(of: Path.unpacked(path)) == "ts"
      ? try TSReader.read(reader, fill: options.fill)
      : try RowsReader.read(reader, fill: options.fill, endsAtMissing: options.uneven != nil)
  }

  private static func checkDimensions(_ tables: [SeriesTable]) throws(FileError) {
    guard let first = tables.first else { return }
    for table in tables where table.dimensions != first.dimensions {
      throw FileError(
        path: table.path,
        problem: .examples(
          .partsDiffer(
            train: Shape([first.dimensions, first.lengths[0]]), path: first.path,
            test: Shape([table.dimensions, table.lengths[0]]))))
    }
  }

  private static func inputs(
    _ tables: [SeriesTable], length: Int, fill: Float?
  ) throws(FileError) -> Tensor {
    let first = try tables[0].tensor(length: length, fill: fill)
    if tables.count == 1 { return first }
    var values = first.values
    for table in tables.dropFirst() {
      let more = try table.tensor(length: length, fill: fill).values
      guard more.count <= FileLimits.values - values.count else {
        throw FileError(
          path: table.path, problem: .table(.tooManyValues(limit: FileLimits.values)))
      }
      try values.makeRoom(more.count, for: table.path)
      values += more
    }
    let count = tables.reduce(0) { $0 + $1.count }
    return Tensor(shape: [count] + first.shape.dropFirst(), values: values)
  }

  /// The length that all series have, or are brought to.
  static func commonLength(_ tables: [SeriesTable], uneven: Uneven? = nil) throws(FileError) -> Int
  {
    guard let leader = tables.first, let first = leader.lengths.first else { return 0 }
    let longest = tables.compactMap { $0.lengths.max() }.max() ?? first
    let shortest = tables.compactMap { $0.lengths.min() }.min() ?? first
    switch uneven {
    case .pad: return longest
    case .cut: return shortest
    case nil: break
    }
    for table in tables {
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
