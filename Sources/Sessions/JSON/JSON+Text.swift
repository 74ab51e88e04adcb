import Language

/// Writing JSON (RFC 8259).
///
/// Numbers are in the shortest form that reads back as the same. Those that JSON does not have are the texts `nan`,
/// `inf` and `-inf`. What cannot be seen in a text is escaped, so that lines may be shown on a terminal.
extension JSON {
  /// The value on one line.
  package var line: String {
    var text = ""
    write(to: &text)
    return text
  }

  /// The value for people, too: objects of the two outermost levels, lists of texts there, and lists of objects have
  /// a part a line.
  package var document: String {
    var text = ""
    write(to: &text, level: 0)
    return text + "\n"
  }

  private func write(to text: inout String) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .integer(let value): text += "\(value)"
    case .number(let value): text += Self.number(value)
    case .single(let value): text += Self.number(value)
    case .text(let value): Self.write(value, to: &text)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += "," }
        value.write(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += "," }
        Self.write(member.key, to: &text)
        text += ":"
        member.value.write(to: &text)
      }
      text += "}"
    }
  }

  private func write(to text: inout String, level: Int) {
    guard hasParts, (level < 2 && isLong) || !isFlat else { return write(to: &text) }
    let margin = String(repeating: "  ", count: level)
    switch self {
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        text += (index > 0 ? ",\n" : "\n") + margin + "  "
        value.write(to: &text, level: level + 1)
      }
      text += "\n\(margin)]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index > 0 ? ",\n" : "\n") + margin + "  "
        Self.write(member.key, to: &text)
        text += ": "
        member.value.write(to: &text, level: level + 1)
      }
      text += "\n\(margin)}"
    case .null, .boolean, .integer, .number, .single, .text: write(to: &text)
    }
  }

  /// Whether it is an array or an object that is not empty.
  private var hasParts: Bool {
    switch self {
    case .array(let values): !values.isEmpty
    case .object(let members): !members.isEmpty
    case .null, .boolean, .integer, .number, .single, .text: false
    }
  }

  /// Whether it is an object or a list of texts.
  private var isLong: Bool {
    switch self {
    case .array(let values): if case .text = values.first { true } else { false }
    case .object: true
    case .null, .boolean, .integer, .number, .single, .text: false
    }
  }

  /// Whether it stands on one line of a document: no array in it has objects.
  private var isFlat: Bool {
    switch self {
    case .array(let values): values.allSatisfy { $0.members.isEmpty && $0.isFlat }
    case .object(let members): members.allSatisfy { $0.value.isFlat }
    case .null, .boolean, .integer, .number, .single, .text: true
    }
  }

  private static func number(_ value: some BinaryFloatingPoint & CustomStringConvertible)
    -> String
  {
    if value.isFinite { return value.description }
    return value.isNaN ? "\"nan\"" : value < 0 ? "\"-inf\"" : "\"inf\""
  }

  private static func write(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default:
        if VisibleText.isSeen(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
          }
        }
      }
    }
    text += "\""
  }
}
