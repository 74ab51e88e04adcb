import Language

/// The columns of text, for whoever does not read the language.
package typealias DisplayWidth = Language.DisplayWidth

extension Language.DisplayWidth {
  /// The text cut to `columns`, its last column an ellipsis where something was lost.
  package static func truncate(
    _ text: some StringProtocol, to columns: Int, ellipsis: String = "…"
  ) -> String {
    guard columns > 0 else { return "" }
    if self.columns(of: text) <= columns { return String(text) }
    let room = columns - self.columns(of: ellipsis)
    guard room >= 0 else { return String(repeating: ".", count: columns) }
    var kept = ""
    var used = 0
    for character in text {
      let width = self.columns(of: character)
      if used + width > room { break }
      kept.append(character)
      used += width
    }
    return kept + ellipsis
  }

  /// The text cut on its left to `columns`, its first column an ellipsis where something was lost.
  package static func truncateLeft(
    _ text: some StringProtocol, to columns: Int, ellipsis: String = "…"
  ) -> String {
    guard columns > 0 else { return "" }
    if self.columns(of: text) <= columns { return String(text) }
    let room = columns - self.columns(of: ellipsis)
    guard room >= 0 else { return String(repeating: ".", count: columns) }
    var kept: [Character] = []
    var used = 0
    for character in text.reversed() {
      let width = self.columns(of: character)
      if used + width > room { break }
      kept.append(character)
      used += width
    }
    return ellipsis + String(kept.reversed())
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
