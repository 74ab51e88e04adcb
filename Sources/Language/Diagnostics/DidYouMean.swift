/// Guesses which known word a mistyped one was meant to be.
package enum DidYouMean {
  /// The nearest candidate, or nil when none is near enough to be worth a line.
  package static func nearest(
    _ word: String, among candidates: some Sequence<String>
  ) -> String? {
    suggestions(for: word, among: candidates).first
  }

  /// At most three candidates, nearest first, each once.
  ///
  /// Words under 3 characters are never guessed at. A candidate is near when it differs only in
  /// case, when the word begins no other candidate, or within 3 edits (insert, drop, replace, swap
  /// neighbours) and a third of the word's length.
  package static func suggestions(
    for word: String, among candidates: some Sequence<String>
  ) -> [String] {
    let typed = Array(word.lowercased())
    guard (3...longest).contains(typed.count) else { return [] }
    let allowed = min(3, typed.count / 3)
    var near: [(candidate: String, distance: Int)] = []
    var beginning: [String] = []
    var seen: Set<String> = [word]
    for candidate in candidates where seen.insert(candidate).inserted {
      let known = Array(candidate.lowercased())
      if known.starts(with: typed), known.count > typed.count { beginning.append(candidate) }
      guard abs(known.count - typed.count) <= allowed else { continue }
      let distance = edits(from: typed, to: known)
      if distance <= allowed { near.append((candidate, distance)) }
    }
    var ordered = near.enumerated()
      .sorted { ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset) }
      .map(\.element.candidate)
    if beginning.count == 1, let only = beginning.first, near.first?.distance != 0 {
      ordered.removeAll { $0 == only }
      ordered.insert(only, at: 0)
    }
    return Array(ordered.prefix(3))
  }

  private static let longest = 64

  /// Damerau-Levenshtein distance with neighbours swapped at most once (optimal string alignment).
  static func edits(from word: [Character], to other: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...other.count)
    for row in word.indices {
      var current = [row + 1]
      current.reserveCapacity(other.count + 1)
      for column in other.indices {
        let replacement = previous[column] + (word[row] == other[column] ? 0 : 1)
        var best = min(replacement, min(previous[column + 1], current[column]) + 1)
        if row > 0, column > 0, word[row] == other[column - 1], word[row - 1] == other[column] {
          best = min(best, beforePrevious[column - 1] + 1)
        }
        current.append(best)
      }
      beforePrevious = previous
      previous = current
    }
    return previous[other.count]
  }
}
