/// Text as it may be shown: what would move a cursor, turn the direction of writing or cannot be seen is spelled
/// out, so that nothing that came from outside can do more to a terminal than stand there.
package enum VisibleText {
  /// The text with controls as `^[` and `^?`, and invisible characters as `<U+202E>`.
  ///
  /// What is shown already is shown the same again. Tabs are spelled too, since nobody can tell how many
  /// columns one takes, unless they are to be kept.
  package static func of(_ text: String, keepsTabs: Bool = false) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    var isChanged = false
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      let isKept =
        (keepsTabs && scalar == "\t")
        || isPart(scalar, after: result.last, before: scalars[(index + 1)...].first)
      if !isKept, let spelled = spelling(of: scalar) {
        result.append(contentsOf: spelled.unicodeScalars)
        isChanged = true
      } else {
        result.append(scalar)
      }
    }
    return isChanged ? String(result) : text
  }

  /// Whether an invisible character is part of what is seen: a joiner between two letters or emoji of
  /// other scripts than Latin, or the choice of a form for what stands before it.
  private static func isPart(
    _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
  ) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D:
      guard let previous, let next else { return false }
      let isJoined = isSeen(previous) || previous.value == 0xFE0F
      return isJoined && isSeen(next) && previous.value >= 0x80 && next.value >= 0x80
    case 0xFE00...0xFE0F: return previous.map { isSeen($0) && $0 != " " } ?? false
    default: return false
    }
  }

  /// Whether a character is shown as it is, wherever it stands.
  package static func isSeen(_ scalar: Unicode.Scalar) -> Bool { spelling(of: scalar) == nil }

  /// How a character is spelled out; nothing for one that is shown as it is.
  private static func spelling(of scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x20..<0x7F: return nil
    case 0..<0x20: return "^\(Character(UnicodeScalar(UInt8(scalar.value) + 0x40)))"
    case 0x7F: return "^?"
    default: break
    }
    let isHidden: Bool
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: isHidden = true
    default: isHidden = scalar.properties.isDefaultIgnorableCodePoint
    }
    guard isHidden else { return nil }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
  }
}
