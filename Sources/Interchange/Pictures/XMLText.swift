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
      default: result.unicodeScalars.append(visible(scalar))
      }
    }
    return result
  }

  /// The text with a replacement sign for what no picture can hold and for controls of the direction of writing.
  static func visible(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars { result.unicodeScalars.append(visible(scalar)) }
    return result
  }

  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "\t", "\n", "\u{200C}", "\u{200D}": return scalar
    case "\u{FFFE}", "\u{FFFF}": return "\u{FFFD}"
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return "\u{FFFD}"
    default: return scalar
    }
  }
}
