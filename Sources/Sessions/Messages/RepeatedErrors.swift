import Language

/// Errors of one kind that a statement meets again and again: the first are shown, the others counted.
struct RepeatedErrors {
  /// Errors of a kind that are shown.
  static let most = 20

  private var counts: [String: Int] = [:]

  /// Kinds in the order in which they came.
  private var kinds: [(key: String, message: String)] = []

  /// Whether an error shall be shown; one that is not is counted.
  mutating func shows(_ diagnostic: Diagnostic) -> Bool {
    let key = diagnostic.code.description + diagnostic.message.filter { !$0.isNumber }
    let count = counts[key, default: 0] + 1
    counts[key] = count
    if count == 1, kinds.count < Self.most { kinds.append((key, diagnostic.message)) }
    return count <= Self.most && kinds.contains { $0.key == key }
  }

  /// What was not shown: `and 980 more errors like: …`.
  var rest: [StyledText] {
    var hidden = counts
    var lines = kinds.compactMap { kind -> StyledText? in
      let count = (hidden.removeValue(forKey: kind.key) ?? 0) - Self.most
      guard count > 0 else { return nil }
      return StyledText(
        "and \(Numbers.count(count, "more error")) like: \(kind.message)", .warning)
    }
    let others = hidden.values.reduce(0, +)
    if others > 0 {
      lines.append(
        StyledText("and \(Numbers.count(others, "more error")) of other kinds", .warning))
    }
    return lines
  }
}
