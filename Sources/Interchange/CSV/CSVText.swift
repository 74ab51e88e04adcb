/// A table as comma-separated values after RFC 4180: lines end in CR LF, and fields with commas, quotes
/// or line ends stand in quotes.
///
/// Texts that a spreadsheet would take for a formula begin with an apostrophe, by which it knows that they are
/// text.
package struct CSVText {
  /// What a cell holds.
  package enum Field {
    case text(String)
    case count(Int)

    /// In the fewest digits that read back as the same number; empty where there is none.
    case number(Double?)
  }

  /// All that was not taken so far.
  package private(set) var text = ""

  /// Whether a record has fields and no end yet.
  private var isInRecord = false

  /// A table without a head yet.
  package init() {}

  /// A table with a head.
  package init(head: [String]) { append(head.map(Field.text)) }

  /// Appends a record.
  package mutating func append(_ fields: [Field]) {
    fields.forEach { add($0) }
    endRecord()
  }

  /// Appends a field to the last record.
  package mutating func add(_ field: Field) {
    if isInRecord { text += "," }
    text += Self.written(field)
    isInRecord = true
  }

  /// Ends the last record.
  package mutating func endRecord() {
    text += "\r\n"
    isInRecord = false
  }

  /// Gives the text away once there are so many bytes of it, so that no more of a large table is held.
  package mutating func take(atLeast bytes: Int = 1) -> String? {
    guard text.utf8.count >= bytes else { return nil }
    defer { text = "" }
    return text
  }

  private static func written(_ field: Field) -> String {
    switch field {
    case .text(let text): quoted(isFormula(text) ? "'" + text : text)
    case .count(let count): "\(count)"
    case .number(let number): number.map(digits) ?? ""
    }
  }

  /// Whether a spreadsheet would compute a text rather than show it, blanks before it or not.
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.utf8.first else { return false }
    let start = text.utf8.first { $0 != 0x20 } ?? first
    return "=+-@\t\r".utf8.contains(start)
  }

  private static func digits(_ number: Double) -> String {
    if number.isFinite { return "\(number)" }
    return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
      return field
    }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
