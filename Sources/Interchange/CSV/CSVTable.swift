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

  /// The features, row by row.
  private(set) var values: [Float] = []
  private(set) var targets = RowTargets.none
  private let options: CSVOptions
  private var labels = LabelIndex()
  private var numbers: [Float] = []

  /// The label's column, known from the first row on.
  private var labelColumn: Int?
  private var decimalComma = false

  /// The first row's line and number of columns.
  private var first: (line: Int, columns: Int)?

  /// Reads all rows.
  init(_ reader: LineReader, options: CSVOptions) throws(FileError) {
    path = reader.path
    self.options = options
    let separator = try Self.separator(reader, options: options)
    decimalComma = separator == Character8.semicolon
    var records = CSVRecords(reader, separator: separator)
    while try records.next({ record throws(FileError) in try read(record) }) {}
    guard count > 0 else { throw FileError(path: path, problem: .table(.noRows)) }
    if labelColumn != nil {
      targets = options.regression ? .numbers(numbers) : .labels(labels, declared: [])
    }
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
    case .first?: labelColumn = 0
    case .last?, nil: labelColumn = record.count - 1
    case .named?, .absent?: labelColumn = nil
    }
    let isHeader = options.header ?? looksLikeHeader(record)
    if isHeader {
      names = try (0..<record.count).map { index throws(FileError) in try text(record, index) }
    }
    if case .named(let name)? = options.label {
      guard let names else { throw failure(.namedLabelWithoutHeader(name: name)) }
      let found = names.indices.filter { names[$0] == name }
      guard let column = found.first else {
        throw failure(.noSuchColumn(name: name, columns: names))
      }
      guard found.count == 1 else {
        throw failure(.ambiguousColumn(name: name, count: found.count))
      }
      labelColumn = column
    }
    featureCount = record.count - (labelColumn == nil ? 0 : 1)
    guard featureCount > 0 else { throw failure(.onlyLabels) }
    if let shape = options.shape, shape.count != featureCount {
      throw failure(.shapeCount(shape, found: featureCount))
    }
    return isHeader
  }

  /// Whether a field that should be a number is a word, or is the name asked for.
  private func looksLikeHeader(_ record: CSVRecord) -> Bool {
    if case .named(let name)? = options.label,
      (0..<record.count).contains(where: { record[$0].text == name })
    {
      return true
    }
    return (0..<record.count).contains { index in
      index != labelColumn && !Numbers.isMissing(record[index])
        && Numbers.parse(record[index], decimalComma: decimalComma) == nil
    }
  }

  private mutating func append(_ record: CSVRecord) throws(FileError) {
    guard featureCount <= FileLimits.values - values.count else {
      throw FileError(
        path: path, line: record.line, problem: .table(.tooManyValues(limit: FileLimits.values)))
    }
    for index in 0..<record.count {
      if index == labelColumn {
        try appendLabel(record)
      } else {
        try values.append(number(record, index, fill: options.fill), for: path)
      }
    }
    count += 1
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

  private mutating func appendLabel(_ record: CSVRecord) throws(FileError) {
    guard let column = labelColumn else { return }
    let label = record[column]
    if label.isEmpty || label.isWord("?") || (options.regression && Numbers.isMissing(label)) {
      throw failure(record, column) { _ in .missingLabel }
    }
    if options.regression {
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
