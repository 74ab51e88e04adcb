/// Reads the `.ts` files of the UCR and UEA archives.
///
/// `#` comments, `@` tags, `@data`, then one case a line: dimensions between `:`, values between `,`,
/// the label last. Copies in circulation lack some tags or write the number of cases behind `@data`,
/// so tags only say what they say: without `@classLabel`, a last part of one word is the label.
struct TSReader {
  private let reader: LineReader
  private var table: SeriesTable
  private var tags = Tags()
  private var labels = LabelIndex()
  private var numbers: [Float] = []
  private var hasLabels = false

  /// What the lines before the data say.
  private struct Tags {
    var dimensions: Int?

    /// Whether there are labels, and which; nothing where the file does not say.
    var classLabel: Bool?
    var declared: [String] = []
    var declaredTexts: Set<String> = []
    var declaredNumbers: Set<Double> = []

    /// Whether the last part is a number to be learned.
    var targetLabel = false
  }

  private init(_ reader: LineReader, fill: Float?) {
    self.reader = reader
    table = SeriesTable(path: reader.path, fill: fill)
  }

  /// Reads all cases.
  static func read(_ reader: LineReader, fill: Float? = nil) throws(FileError) -> SeriesTable {
    var reader = TSReader(reader, fill: fill)
    try reader.readLines()
    return reader.table
  }

  private mutating func readLines() throws(FileError) {
    var inData = false
    while let line = try reader.next() {
      let text = line.trimmed
      guard let first = text.first, first != UInt8(ascii: "#") else { continue }
      if first == UInt8(ascii: "@") && !inData {
        inData = try readTag(text)
      } else {
        inData = true
        try readCase(line)
      }
    }
    guard table.count > 0 else {
      throw FileError(path: reader.path, problem: .table(.noRows))
    }
    if tags.targetLabel {
      table.targets = .numbers(numbers, width: 1)
    } else if hasLabels {
      table.targets = .labels(labels, declared: tags.declared)
    }
  }

  /// Reads a line that starts with `@`; true where it is the one before the data.
  private mutating func readTag(_ line: Bytes) throws(FileError) -> Bool {
    let words = line.split(whereSeparator: Character8.isBlank).map {
      String(decoding: $0, as: UTF8.self)
    }
    let flag = words.count > 1 && words[1].lowercased() == "true"
    switch words[0].lowercased() {
    case "@data": return true
    case "@timestamps" where flag:
      throw failure(.series(.timeStamps))
    case "@dimensions", "@dimension":
      tags.dimensions = words.count > 1 ? Int(words[1]) : nil
    case "@classlabel":
      tags.classLabel = flag
      tags.declared = flag ? Array(words.dropFirst(2)) : []
      tags.declaredTexts = Set(tags.declared)
      tags.declaredNumbers = Set(tags.declared.compactMap(ClassLabels.number))
      guard tags.declared.count <= ClassLabels.limit else {
        throw failure(.examples(.tooManyClasses(limit: ClassLabels.limit)))
      }
    case "@targetlabel": tags.targetLabel = flag
    default: break
    }
    return false
  }

  private mutating func readCase(_ line: Bytes) throws(FileError) {
    var parts = line.split(
      separator: Character8.colon, maxSplits: FileLimits.dimensions,
      omittingEmptySubsequences: false)
    let endsInWord =
      parts.count > 1 && !(parts.last?.contains(Character8.comma) ?? false)
    if table.count == 0 { hasLabels = tags.targetLabel || (tags.classLabel ?? endsInWord) }
    if hasLabels {
      guard endsInWord, let label = parts.popLast() else { throw failure(.table(.missingLabel)) }
      try append(
        label: Bytes(rebasing: label).trimmed,
        column: line.column(at: line.skippingBlanks(in: label.startIndex..<label.endIndex)))
    }
    var lengths: [Int] = []
    for part in parts {
      lengths.append(try readSeries(part, dimension: lengths.count + 1, in: line))
    }
    if let dimensions = tags.dimensions, dimensions != lengths.count {
      throw failure(
        .series(.dimensionCount(expected: dimensions, line: nil, found: lengths.count)))
    }
    try table.endCase(lengths: lengths, line: reader.line)
  }

  /// Reads the values between commas; their number.
  private mutating func readSeries(
    _ part: Slice<Bytes>, dimension: Int, in line: Bytes
  ) throws(FileError) -> Int {
    if Bytes(rebasing: part).trimmed.isEmpty { return 0 }
    var number = 0
    var start = part.startIndex
    while true {
      let stop = part[start...].firstIndex(of: Character8.comma) ?? part.endIndex
      number += 1
      try table.append(
        line.part(start..<stop).trimmed, number: number, dimension: dimension, line: reader.line,
        column: line.column(at: line.skippingBlanks(in: start..<stop)))
      if stop == part.endIndex { return number }
      start = stop + 1
    }
  }

  private mutating func append(label: Bytes, column: Int) throws(FileError) {
    guard !label.isEmpty, !label.isWord("?") else {
      throw failure(.table(.missingLabel), column: column)
    }
    if tags.targetLabel {
      guard let number = Numbers.parse(label) else {
        throw failure(.table(.notANumber(found: label.excerpt, .target)), column: column)
      }
      guard Float(number).isFinite else {
        throw failure(.table(.outOfRange(found: label.excerpt, .target)), column: column)
      }
      return try numbers.append(Float(number), for: reader.path)
    }
    guard let text = label.validText else {
      throw failure(.text(.brokenCharacters(found: label.excerpt)), column: column)
    }
    guard tags.declared.isEmpty || isDeclared(text) else {
      throw failure(
        .series(.undeclaredLabel(found: text, declared: tags.declared)), column: column)
    }
    try labels.append(text, for: reader.path, line: reader.line)
  }

  private func isDeclared(_ label: String) -> Bool {
    tags.declaredTexts.contains(label)
      || ClassLabels.number(label).map(tags.declaredNumbers.contains) ?? false
  }

  private func failure(_ problem: FileError.Problem, column: Int? = nil) -> FileError {
    FileError(path: reader.path, line: reader.line, column: column, problem: problem)
  }
}
