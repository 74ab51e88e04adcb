import Networks

/// The rows of one CSV file as numbers and labels.
struct CSVTable {
  /// The file they come from.
  let path: String

  /// The columns' names, where the first line has them.
  private(set) var names: [String]?

  /// The number of columns beside the label.
  private(set) var featureCount = 0

  /// The number of rows.
  private(set) var count = 0

  /// Where the features go, row by row.
  private let spool: ValueSpool
  private(set) var targets = RowTargets.none
  private let options: CSVOptions
  private var labels = LabelIndex()
  private var numbers: [Float] = []

  /// The columns to be learned, known from the first row on: that of the label, or those of numbers.
  private var targetColumns: [Int] = []

  /// For each column, whether it is an input.
  private var isFeature: [Bool] = []
  private var decimalComma = false

  /// The first row's line and number of columns.
  private var first: (line: Int, columns: Int)?

  /// Reads all rows, and puts their features at the end of a spool.
  init(_ reader: LineReader, options: CSVOptions, into spool: ValueSpool = ValueSpool())
    throws(FileError)
  {
    path = reader.path
    self.spool = spool
    self.options = options
    let separator = try Self.separator(reader, options: options)
    decimalComma = separator == Character8.semicolon
    var records = CSVRecords(reader, separator: separator)
    while try records.next({ record throws(FileError) in try read(record) }) {}
    guard count > 0 else { throw FileError(path: path, problem: .table(.noRows)) }
    if isRegression {
      targets = .numbers(numbers, width: targetColumns.count)
    } else if !targetColumns.isEmpty {
      targets = .labels(labels, declared: [])
    }
  }

  /// Throws where a table that belongs to another one has other columns beside those to be learned.
  func checkMatches(_ other: CSVTable) throws(FileError) {
    guard featureCount == other.featureCount else {
      throw FileError(
        path: path,
        problem: .examples(
          .partsDiffer(
            train: Shape([other.featureCount]), path: other.path, test: Shape([featureCount]))))
    }
    let (own, others) = (featureNames, other.featureNames)
    guard own.count == others.count, let odd = own.indices.first(where: { own[$0] != others[$0] })
    else { return }
    throw FileError(
      path: path, line: first?.line,
      problem: .table(.otherColumn(expected: others[odd], path: other.path, found: own[odd])))
  }

  private var featureNames: [String] {
    (names ?? []).enumerated().filter { !targetColumns.contains($0.offset) }.map(\.element)
  }

  private var isRegression: Bool {
    options.targets != nil || options.regression && !targetColumns.isEmpty
  }

  private static func separator(
    _ reader: LineReader, options: CSVOptions
  ) throws(FileError) -> UInt8 {
    if let byte = options.separator?.asciiValue { return byte }
    return try reader.peek().map(CSVRecords.separator) ?? Character8.comma
  }

  private mutating func read(_ record: CSVRecord) throws(FileError) {
    guard let first else {
      first = (record.line, record.count)
      if try startTable(record) { return }
      return try append(record)
    }
    guard record.count == first.columns else {
      throw FileError(
        path: path, line: record.line,
        problem: .table(
          .columnCount(expected: first.columns, line: first.line, found: record.count)))
    }
    try append(record)
  }

  /// Takes what the first row says; whether it is a header.
  private mutating func startTable(_ record: CSVRecord) throws(FileError) -> Bool {
    func failure(_ problem: TableProblem) -> FileError {
      FileError(path: path, line: record.line, problem: .table(problem))
    }
    switch options.label {
    case .first?: targetColumns = [0]
    case .last?: targetColumns = [record.count - 1]
    case nil: targetColumns = options.targets == nil ? [record.count - 1] : []
    case .named?, .absent?: targetColumns = []
    }
    let isHeader = options.header ?? looksLikeHeader(record)
    if isHeader {
      names = try (0..<record.count).map { index throws(FileError) in try text(record, index) }
    }
    if case .named(let name)? = options.label {
      targetColumns = [try column(name, of: record)]
    } else if let targets = options.targets {
      targetColumns = try targets.map { name throws(FileError) in try column(name, of: record) }
      for (index, column) in targetColumns.enumerated()
      where targetColumns[..<index].contains(column) {
        throw failure(.repeatedTarget(name: targets[index]))
      }
    }
    featureCount = record.count - targetColumns.count
    guard featureCount > 0 else { throw failure(.onlyLabels) }
    isFeature = [Bool](repeating: true, count: record.count)
    for column in targetColumns { isFeature[column] = false }
    if let shape = options.shape, shape.count != featureCount {
      throw failure(.shapeCount(shape, found: featureCount))
    }
    return isHeader
  }

  /// The column of a name or, where none is called so, of a place counted from 1.
  private func column(_ word: String, of record: CSVRecord) throws(FileError) -> Int {
    func failure(_ problem: TableProblem) -> FileError {
      FileError(path: path, line: record.line, problem: .table(problem))
    }
    let found = (names ?? []).indices.filter { names?[$0] == word }
    if let column = found.first {
      guard found.count == 1 else {
        throw failure(.ambiguousColumn(name: word, count: found.count))
      }
      return column
    }
    if let place = Int(word) {
      guard (1...record.count).contains(place) else {
        throw failure(.noSuchPlace(place, columns: record.count))
      }
      return place - 1
    }
    guard let names else { throw failure(.namedLabelWithoutHeader(name: word)) }
    throw failure(
      options.targets == nil
        ? .noSuchColumn(name: word, columns: names) : .noSuchTarget(name: word, columns: names))
  }

  /// The names or places of columns that were asked for.
  private var wantedNames: [String] {
    if case .named(let name)? = options.label { [name] } else { options.targets ?? [] }
  }

  /// Whether a field that should be a number is a word, or is a name asked for.
  private func looksLikeHeader(_ record: CSVRecord) -> Bool {
    let wanted = wantedNames.filter { Int($0) == nil }
    if !wanted.isEmpty, (0..<record.count).contains(where: { wanted.contains(record[$0].text) }) {
      return true
    }
    let places = wantedNames.compactMap { Int($0) }.map { $0 - 1 }
    let labels = options.targets == nil ? targetColumns + places : []
    return (0..<record.count).contains { index in
      !labels.contains(index) && !Numbers.isMissing(record[index])
        && Numbers.parse(record[index], decimalComma: decimalComma) == nil
    }
  }

  private mutating func append(_ record: CSVRecord) throws(FileError) {
    guard spool.isInFile || featureCount <= FileLimits.values - spool.count else {
      throw FileError(
        path: path, line: record.line, problem: .table(.tooManyValues(limit: FileLimits.values)))
    }
    for index in 0..<record.count where isFeature[index] {
      try spool.append(number(record, index, fill: options.fill), for: path)
    }
    for column in targetColumns { try appendTarget(record, column) }
    count += 1
    guard count < Int32.max else {
      throw FileError(
        path: path, line: record.line,
        problem: .examples(.tooManyExamples(limit: Int(Int32.max))))
    }
  }

  private func number(
    _ record: CSVRecord, _ index: Int, fill: Float?
  ) throws(FileError) -> Float {
    let field = record[index]
    if let value = Numbers.parse(field, decimalComma: decimalComma) {
      let short = Float(value)
      if short.isFinite { return short }
      throw failure(record, index) { .outOfRange(found: field.excerpt, $0) }
    }
    guard Numbers.isMissing(field) else {
      throw failure(record, index) { .notANumber(found: field.excerpt, $0) }
    }
    guard let fill else {
      throw failure(record, index) { .missingValue(found: field.excerpt, $0) }
    }
    return fill
  }

  private mutating func appendTarget(_ record: CSVRecord, _ column: Int) throws(FileError) {
    let label = record[column]
    if label.isEmpty || label.isWord("?") || (isRegression && Numbers.isMissing(label)) {
      throw failure(record, column) { _ in .missingLabel }
    }
    if isRegression {
      return try numbers.append(number(record, column, fill: nil), for: path)
    }
    try labels.append(text(record, column), for: path, line: record.line)
  }

  /// A field as text.
  private func text(_ record: CSVRecord, _ index: Int) throws(FileError) -> String {
    if let text = record[index].validText { return text }
    throw FileError(
      path: path, line: record.fields[index].line, column: record.column(of: index),
      problem: .text(.brokenCharacters(found: record[index].excerpt)))
  }

  private func failure(
    _ record: CSVRecord, _ index: Int, _ problem: (TableProblem.Field) -> TableProblem
  ) -> FileError {
    FileError(
      path: path, line: record.fields[index].line, column: record.column(of: index),
      problem: .table(problem(.column(index + 1, name: names?[index]))))
  }
}
