/// Text as it may be shown: what would move a cursor, turn the direction of writing or cannot be seen is spelled
/// out, so that nothing that came from outside can do more to a terminal than stand there.
package enum VisibleText {
  /// The text with controls but tabs as `^[` and `^?`, and invisible characters as `<U+202E>`.
  package static func of(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    var isChanged = false
    for scalar in text.unicodeScalars {
      if let spelled = spelling(of: scalar) {
        result.append(contentsOf: spelled.unicodeScalars)
        isChanged = true
      } else {
        result.append(scalar)
      }
    }
    return isChanged ? String(result) : text
  }

  /// How a character is spelled out; nothing for one that is shown as it is.
  private static func spelling(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x20..<0x7F, 0x09: return nil
    case 0..<0x20: return "^\(Character(UnicodeScalar(UInt8(scalar.value) + 0x40)))"
    case 0x7F: return "^?"
    // Joiners are parts of letters and emoji.
    case 0x200C, 0x200D: return nil
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
    default: return nil
    }
  }
}
