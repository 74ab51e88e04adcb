import Networks

/// Series as one file has them, of any lengths.
struct SeriesTable {
  /// The file they come from.
  let path: String

  /// The dimensions of every case, known from the first one on.
  private(set) var dimensions = 0

  /// For each case the line it stands on.
  private(set) var lines: [Int] = []

  /// The lengths of all series: case by case, dimension by dimension.
  private(set) var lengths: [Int] = []

  /// The values in the same order.
  private(set) var values: [Float] = []
  var targets = RowTargets.none

  /// What replaces a missing value; nothing refuses it.
  let fill: Float?

  /// A table without cases.
  init(path: String, fill: Float?) {
    self.path = path
    self.fill = fill
  }

  /// The number of cases.
  var count: Int { lines.count }

  /// Reads one value of a series that is being appended.
  mutating func append(
    _ field: Bytes, number: Int, dimension: Int, line: Int, column: @autoclosure () -> Int
  ) throws(FileError) {
    guard values.count < FileLimits.values else {
      throw FileError(
        path: path, line: line, problem: .table(.tooManyValues(limit: FileLimits.values)))
    }
    func failure(_ problem: TableProblem) -> FileError {
      FileError(path: path, line: line, column: column(), problem: .table(problem))
    }
    let place = TableProblem.Field.value(number, dimension: dimension)
    if let value = Numbers.parse(field) {
      let short = Float(value)
      guard short.isFinite else { throw failure(.outOfRange(found: field.excerpt, place)) }
      try values.append(short, for: path)
    } else if Numbers.isMissing(field) {
      guard let fill else { throw failure(.missingValue(found: field.excerpt, place)) }
      try values.append(fill, for: path)
    } else if field.first == UInt8(ascii: "(") {
      throw FileError(path: path, line: line, column: column(), problem: .series(.timeStamps))
    } else {
      throw failure(.notANumber(found: field.excerpt, place))
    }
  }

  /// Ends a case whose values have been appended: its series' lengths.
  mutating func endCase(lengths caseLengths: [Int], line: Int) throws(FileError) {
    if lines.isEmpty { dimensions = caseLengths.count }
    guard caseLengths.count == dimensions else {
      throw FileError(
        path: path, line: line,
        problem: .series(
          .dimensionCount(expected: dimensions, line: lines.first, found: caseLengths.count)))
    }
    if let empty = caseLengths.firstIndex(of: 0) {
      throw FileError(
        path: path, line: line, problem: .series(.emptySeries(dimension: empty + 1)))
    }
    try lengths.makeRoom(caseLengths.count, for: path)
    lengths.append(contentsOf: caseLengths)
    try lines.append(line, for: path)
  }

  /// All series as `[cases, dimensions, length]`, at their ends the longer ones cut and the shorter ones padded.
  func tensor(length: Int, fill: Float? = nil) throws(FileError) -> Tensor {
    let shape = [count, dimensions, length]
    if lengths.allSatisfy({ $0 == length }) { return Tensor(shape: shape, values: values) }
    let (size, overflow) = lengths.count.multipliedReportingOverflow(by: length)
    guard !overflow, size <= FileLimits.values else {
      throw FileError(path: path, problem: .table(.tooManyValues(limit: FileLimits.values)))
    }
    try Memory.check(size, times: MemoryLayout<Float>.size, for: path)
    var evened = [Float](repeating: fill ?? 0, count: size)
    var start = 0
    for (series, own) in zip(0..., lengths) {
      let kept = min(own, length)
      let target = series * length
      evened.replaceSubrange(target..<target + kept, with: values[start..<start + kept])
      start += own
    }
    return Tensor(shape: shape, values: evened)
  }
}
