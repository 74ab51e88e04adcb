/// Text as it stands in quotes in the language of Graphviz.
enum DotText {
  /// A name, or any other text that is not shown.
  static func name(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  /// Lines that are shown one below another; what they hold is no escape and no entity.
  static func label(_ lines: [String], _ alignment: Alignment = .centre) -> String {
    let lines = lines.map { escaped($0.replacing("&", with: "&amp;")) }
    switch alignment {
    case .centre: return "\"" + lines.joined(separator: "\\n") + "\""
    case .left: return "\"" + lines.map { $0 + "\\l" }.joined() + "\""
    }
  }

  /// Where the lines of a label begin.
  enum Alignment {
    case centre
    case left
  }

  private static func escaped(_ text: String) -> String {
    XMLText.visible(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
