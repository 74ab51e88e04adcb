/// Text as it stands in XML.
package enum XMLText {
  /// The text with what has a meaning in XML escaped, and a replacement sign for what XML cannot hold and for
  /// controls of the direction of writing.
  package static func escaped(_ text: String) -> String {
    var result = ""
    // By scalars: a sign with a mark behind it is one character, and yet a sign of XML.
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\u{200C}", "\u{200D}": result.unicodeScalars.append(scalar)
      case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
