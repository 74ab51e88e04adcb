/// A table as comma-separated values after RFC 4180: lines end in CR LF, and fields with commas, quotes
/// or line ends stand in quotes.
package struct CSVText {
  /// All lines so far.
  package private(set) var text = ""

  /// A table with a head.
  package init(head: [String]) { append(head) }

  /// Appends a record.
  package mutating func append(_ fields: [String]) {
    text += fields.map(Self.quoted).joined(separator: ",") + "\r\n"
  }

  /// A number in the fewest digits that read back as the same one; nothing where there is none.
  package static func field(_ number: Double?) -> String {
    guard let number else { return "" }
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
