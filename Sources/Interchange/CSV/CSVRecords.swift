/// One row of a table, its fields without quotes, valid until the next row is asked for.
struct CSVRecord {
  /// Where a field stands in the record's bytes and where it began in the file.
  struct Field {
    var bytes: Range<Int>
    let line: Int

    /// The column, or nothing where the record's bytes are the line itself.
    let column: Int?
    var wasQuoted = false
  }

  fileprivate let bytes: Bytes
  let fields: [Field]

  /// The line on which the record begins.
  let line: Int

  /// The number of fields.
  var count: Int { fields.count }

  /// A field's content; blanks around it are kept only within quotes.
  subscript(index: Int) -> Bytes {
    let content = bytes.part(fields[index].bytes)
    return fields[index].wasQuoted ? content : content.trimmed
  }

  /// The column at which a field begins, in characters counted from 1.
  func column(of index: Int) -> Int {
    fields[index].column
      ?? bytes.column(at: bytes.skippingBlanks(in: fields[index].bytes))
  }
}

/// The rows of a CSV file (RFC 4180) one after the other: quoted fields may hold separators, line ends
/// and doubled quotes; a quote within an unquoted field is text; empty lines are skipped.
///
/// Reading on its own rather than through a library keeps a file of any size to one row in memory, and
/// the line and column of each field for the errors.
struct CSVRecords {
  private let reader: LineReader
  private let separator: UInt8
  private var fields: [CSVRecord.Field] = []
  private var content: [UInt8] = []

  /// Rows of the lines that a reader has left.
  init(_ reader: LineReader, separator: UInt8) {
    self.reader = reader
    self.separator = separator
  }

  /// Reads the next row and hands it to `body`; false at the end of the file.
  mutating func next(_ body: (CSVRecord) throws(FileError) -> Void) throws(FileError) -> Bool {
    while let line = try reader.next() {
      if line.trimmed.isEmpty { continue }
      let start = reader.line
      fields.removeAll(keepingCapacity: true)
      if line.contains(Character8.quote) {
        try readQuoted(line)
        try content.withUnsafeBufferPointer { bytes throws(FileError) in
          try body(CSVRecord(bytes: bytes, fields: fields, line: start))
        }
      } else {
        try split(line)
        try body(CSVRecord(bytes: line, fields: fields, line: start))
      }
      return true
    }
    return false
  }

  /// The separator that a line speaks for: tab, semicolon or comma, whichever is there first in this
  /// order; quoted parts do not count.
  static func separator(of line: Bytes) -> UInt8 {
    var seen: Set<UInt8> = []
    var isQuoted = false
    for byte in line {
      if byte == Character8.quote { isQuoted.toggle() } else if !isQuoted { seen.insert(byte) }
    }
    return [Character8.tab, Character8.semicolon].first(where: seen.contains) ?? Character8.comma
  }

  /// Cuts a line without quotes.
  private mutating func split(_ line: Bytes) throws(FileError) {
    var start = 0
    while true {
      let stop = line[start...].firstIndex(of: separator) ?? line.count
      try append(CSVRecord.Field(bytes: start..<stop, line: reader.line, column: nil))
      if stop == line.count { return }
      start = stop + 1
    }
  }

  /// Cuts a line with quotes, and the lines that its quoted fields run over.
  private mutating func readQuoted(_ first: Bytes) throws(FileError) {
    content.removeAll(keepingCapacity: true)
    var line = first
    var position = 0
    var columns = ColumnCounter()
    while true {
      let opening = line[position...].firstIndex { !Character8.isBlank($0) || $0 == separator }
      let column = columns.column(at: opening ?? line.count, of: line, number: reader.line)
      var field = CSVRecord.Field(
        bytes: content.count..<content.count, line: reader.line, column: column)
      if let opening, line[opening] == Character8.quote {
        field.wasQuoted = true
        (line, position) = try readInside(
          line, from: opening + 1, column: column)
        let stop = line[position...].firstIndex(of: separator) ?? line.count
        guard line.part(position..<stop).trimmed.isEmpty else {
          throw FileError(
            path: reader.path, line: reader.line, column: line.column(at: position),
            problem: .text(.textAfterQuote(found: line.part(position..<stop).trimmed.excerpt)))
        }
        position = stop
      } else {
        let stop = line[position...].firstIndex(of: separator) ?? line.count
        content.append(contentsOf: line[position..<stop])
        position = stop
      }
      field.bytes = field.bytes.lowerBound..<content.count
      try append(field)
      if position == line.count { return }
      position += 1
    }
  }

  /// Reads a quoted field from behind its opening quote; where it closed, on which line.
  private mutating func readInside(
    _ first: Bytes, from start: Int, column: Int
  ) throws(FileError) -> (Bytes, Int) {
    let opened = reader.line
    var line = first
    var position = start
    while true {
      guard let quote = line[position...].firstIndex(of: Character8.quote) else {
        content.append(contentsOf: line[position...])
        content.append(Character8.lineFeed)
        guard content.count <= LineReader.lengthLimit else {
          throw FileError(
            path: reader.path, line: opened, column: column,
            problem: .text(.tooLong(limit: LineReader.lengthLimit)))
        }
        guard let next = try reader.next() else {
          throw FileError(
            path: reader.path, line: opened, column: column, problem: .text(.unclosedQuote))
        }
        line = next
        position = 0
        continue
      }
      content.append(contentsOf: line[position..<quote])
      position = quote + 1
      guard position < line.count, line[position] == Character8.quote else {
        return (line, position)
      }
      content.append(Character8.quote)
      position += 1
    }
  }

  private mutating func append(_ field: CSVRecord.Field) throws(FileError) {
    guard fields.count < FileLimits.columns else {
      throw FileError(
        path: reader.path, line: reader.line,
        problem: .table(.tooManyColumns(limit: FileLimits.columns)))
    }
    fields.append(field)
  }
}

/// Columns of rising positions, each byte counted once however wide a line is.
private struct ColumnCounter {
  private var line = 0
  private var position = 0
  private var column = 1

  /// The column of a position that is not before the last one asked for on the same line.
  mutating func column(at next: Int, of text: Bytes, number: Int) -> Int {
    if number != line { (line, position, column) = (number, 0, 1) }
    while position < next {
      if text[position] & 0xC0 != 0x80 { column += 1 }
      position += 1
    }
    return column
  }
}
