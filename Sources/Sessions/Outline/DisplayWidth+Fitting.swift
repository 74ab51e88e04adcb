import Language

/// The columns of text, for whoever does not read the language.
package typealias DisplayWidth = Language.DisplayWidth

extension Language.DisplayWidth {
  /// The text cut to `columns`, its last column an ellipsis where something was lost.
  package static func truncate(
    _ text: some StringProtocol, to columns: Int, ellipsis: String = "…"
  ) -> String {
    cut(text, to: columns, ellipsis) { String(prefix(of: text, within: $0)) + ellipsis }
  }

  /// The text cut on its left to `columns`, its first column an ellipsis where something was lost.
  package static func truncateLeft(
    _ text: some StringProtocol, to columns: Int, ellipsis: String = "…"
  ) -> String {
    cut(text, to: columns, ellipsis) {
      ellipsis + String(prefix(of: text.reversed(), within: $0).reversed())
    }
  }

  /// The text where it fits, or what is made of the columns beside an ellipsis.
  private static func cut(
    _ text: some StringProtocol, to columns: Int, _ ellipsis: String, _ shorten: (Int) -> String
  ) -> String {
    guard columns > 0 else { return "" }
    if self.columns(of: text) <= columns { return String(text) }
    let room = columns - self.columns(of: ellipsis)
    return room >= 0 ? shorten(room) : String(repeating: ".", count: columns)
  }

  /// The first characters that fit.
  private static func prefix(of characters: some Sequence<Character>, within room: Int)
    -> [Character]
  {
    var left = room
    return Array(
      characters.prefix { character in
        left -= columns(of: character)
        return left >= 0
      })
  }

  /// The text cut and padded with blanks to exactly `columns`.
  package static func fit(
    _ text: some StringProtocol, to columns: Int, alignment: Alignment = .left,
    ellipsis: String = "…"
  ) -> String {
    let cut = truncate(text, to: columns, ellipsis: ellipsis)
    let blanks = String(repeating: " ", count: max(0, columns - self.columns(of: cut)))
    return alignment == .left ? cut + blanks : blanks + cut
  }

  /// On which side of its column a text stands.
  package enum Alignment: Sendable {
    case left
    case right
  }
}
