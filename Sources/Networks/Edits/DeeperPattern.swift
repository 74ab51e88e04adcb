/// The blocks inside containers that a pattern without dots would fit, and a pattern that reaches them;
/// shortcuts and gates beside a body do not count.
package struct DeeperPattern: Hashable, Sendable {
  /// How many blocks inside containers the pattern fits, at any depth.
  package let count: Int

  /// The path of the first of them.
  package let first: String

  /// A pattern with dots that fits them, or most of them where they lie at several depths.
  package let pattern: String

  /// Looks among all paths of a network; nothing where the pattern has dots, no `*`, or no match.
  package init?(_ text: String, among paths: [String]) {
    guard text.contains("*"), !text.contains(".") else { return nil }
    let known = Set(paths)
    let deeper = paths.map { $0.split(separator: ".").map(String.init) }
      .filter { parts in
        parts.count > 1 && parts.last.map { PathPattern.matches($0, text) } == true
          && !Self.isBeside(parts, known)
      }
    guard let first = deeper.first else { return nil }
    let depths = Dictionary(grouping: deeper, by: \.count)
    let most = depths.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    guard let (depth, alike) = most else { return nil }
    let parents = (0..<depth - 1).map { place in PathPattern.common(alike.map { $0[place] }) }
    self.count = deeper.count
    self.first = first.joined(separator: ".")
    pattern = (parents + [text]).joined(separator: ".")
  }

  /// Whether a path leads to what lies beside a body, as a shortcut does.
  private static func isBeside(_ parts: [String], _ known: Set<String>) -> Bool {
    parts.indices.dropFirst().contains { place in
      parts[place] != "body"
        && known.contains((parts[..<place] + ["body"]).joined(separator: "."))
    }
  }
}
