/// Reads series as plain rows, the label first: `.tsv` of the 2018 archive, `.txt` of the 2015 one.
///
/// The first row decides what separates values in all of them: tabs, else commas, else blanks.
struct RowsReader {
  private let reader: LineReader
  private var table: SeriesTable
  private var labels = LabelIndex()

  /// Whether a series ends before the missing values at the end of its row.
  private let endsAtMissing: Bool

  private init(_ reader: LineReader, fill: Float?, endsAtMissing: Bool) {
    self.reader = reader
    self.endsAtMissing = endsAtMissing
    table = SeriesTable(path: reader.path, fill: fill)
  }

  /// Reads all rows; a series may end before the missing values at the end of its row.
  static func read(
    _ reader: LineReader, fill: Float? = nil, endsAtMissing: Bool = false
  ) throws(FileError) -> SeriesTable {
    var reader = RowsReader(reader, fill: fill, endsAtMissing: endsAtMissing)
    try reader.readLines()
    return reader.table
  }

  private mutating func readLines() throws(FileError) {
    var separator: UInt8?
    var isFirst = true
    while let line = try reader.next() {
      if line.trimmed.isEmpty { continue }
      if isFirst {
        separator = [Character8.tab, Character8.comma].first(where: line.contains)
        isFirst = false
      }
      try readRow(line, separator: separator)
    }
    guard table.count > 0 else {
      throw FileError(path: reader.path, problem: .table(.noRows))
    }
    table.targets = .labels(labels, declared: [])
  }

  private mutating func readRow(_ line: Bytes, separator: UInt8?) throws(FileError) {
    var number = 0
    var position = 0
    let line = endsAtMissing ? Self.withoutMissing(line, separator: separator) : line
    while let field = Self.field(of: line, from: position, separator: separator) {
      let text = line.part(field).trimmed
      if number == 0 {
        try append(label: text)
      } else {
        try table.append(
          text, number: number, dimension: 1, line: reader.line,
          column: line.column(at: line.skippingBlanks(in: field)))
      }
      number += 1
      position = separator == nil ? field.upperBound : field.upperBound + 1
    }
    try table.endCase(lengths: [max(0, number - 1)], line: reader.line)
  }

  /// A line without the missing values at its end, its label apart.
  private static func withoutMissing(_ line: Bytes, separator: UInt8?) -> Bytes {
    var rest = line
    while true {
      var text = rest
      while let last = text.last, Character8.isBlank(last), last != separator {
        text = text.part(0..<text.count - 1)
      }
      let cut = text.lastIndex { separator == nil ? Character8.isBlank($0) : $0 == separator }
      guard let cut, Numbers.isMissing(text.part(cut + 1..<text.count).trimmed) else { return rest }
      rest = rest.part(0..<cut)
    }
  }

  /// The next field from a position on, or nothing at the end of the line; without a separator,
  /// fields are runs between blanks, else a position behind the line's end is no field.
  private static func field(of line: Bytes, from position: Int, separator: UInt8?) -> Range<Int>? {
    var start = position
    if let separator {
      guard start <= line.count else { return nil }
      return start..<(line[start...].firstIndex(of: separator) ?? line.count)
    }
    start = line.skippingBlanks(in: start..<line.count)
    guard start < line.count else { return nil }
    return start..<(line[start...].firstIndex(where: Character8.isBlank) ?? line.count)
  }

  private mutating func append(label: Bytes) throws(FileError) {
    guard !label.isEmpty, !label.isWord("?") else {
      throw FileError(
        path: reader.path, line: reader.line, column: 1, problem: .table(.missingLabel))
    }
    guard let text = label.validText else {
      throw FileError(
        path: reader.path, line: reader.line, column: 1,
        problem: .text(.brokenCharacters(found: label.excerpt)))
    }
    try labels.append(text, for: reader.path, line: reader.line)
  }
}
