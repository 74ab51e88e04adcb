/// Text as it stands in quotes in the language of Graphviz.
enum DotText {
  /// A name in quotes, which Graphviz takes letter by letter.
  static func name(_ text: String) -> String {
    "\"" + XMLText.visible(text).replacing("\"", with: "\\\"") + "\""
  }

  /// Lines in quotes, one below another, without what Graphviz would take for an escape or an entity.
  static func label(_ lines: [String]) -> String {
    let escaped = lines.map { line in
      XMLText.visible(line).replacing("&", with: "&amp;").replacing("\\", with: "\\\\")
        .replacing("\"", with: "\\\"")
    }
    return "\"" + escaped.joined(separator: "\\n") + "\""
  }
}
