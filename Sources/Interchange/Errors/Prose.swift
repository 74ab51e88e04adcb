/// The words of an error, and what may be typed next.
struct Prose: Equatable {
  let sentence: String
  let next: String?

  /// Words of any form.
  init(_ sentence: String, next: String? = nil) {
    self.sentence = sentence
    self.next = next
  }

  /// What was expected and what was found.
  init(expected: String, found: String, next: String? = nil) {
    self.init("expected \(expected), found \(found)", next: next)
  }

  /// A stranger's text between quotes: control characters made visible, long texts cut.
  static func quoted(_ text: String, limit: Int = 40) -> String {
    var result = "'"
    var length = 0
    for scalar in text.unicodeScalars {
      guard length < limit else {
        result += "…"
        break
      }
      length += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// A list of strangers' names, cut after a few.
  static func list(_ names: [String], limit: Int = 8) -> String {
    let shown = names.prefix(limit).map { quoted($0) }.joined(separator: ", ")
    return names.count > limit ? "\(shown), … (\(counted(names.count)) in all)" : shown
  }

  /// A number with its thousands set apart.
  static func counted(_ number: some BinaryInteger) -> String {
    let digits = String(number.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return number < 0 ? "-" + result : result
  }

  /// A count with its noun: `1 row`, `2 rows`.
  static func counted(_ number: Int, _ noun: String) -> String {
    "\(counted(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A path as it is typed at the prompt.
  static func typed(_ path: String) -> String {
    let plain = path.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-~+".unicodeScalars.contains($0)
    }
    if plain && !path.isEmpty { return path }
    return path.contains("'") ? "\"\(path)\"" : "'\(path)'"
  }
}
