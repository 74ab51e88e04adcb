/// Commands that were tried for offers: what they would lead to, and how many more may be tried.
final class Attempts {
  private var outcomes: [String: (revision: Int, outcome: SessionState?)] = [:]
  private var left = 0

  /// The most offers that are tried for one statement; a loop that fails often shows fewer of them.
  private static let mostForStatement = 100
  private static let mostKept = 32

  /// Begins a statement, for which as many may be tried as for any.
  func beginStatement() { left = Self.mostForStatement }

  /// Forgets what commands would lead to.
  func forget() { outcomes = [:] }

  /// Whether one more offer may be tried, which is counted.
  func takeOne() -> Bool {
    if left <= 0 { return false }
    left -= 1
    return true
  }

  /// What a command would lead to in a state of some revision, tried once.
  func outcome(of command: String, at revision: Int, _ attempt: () -> SessionState?)
    -> SessionState?
  {
    if let known = outcomes[command], known.revision == revision { return known.outcome }
    let outcome = attempt()
    if outcomes.count >= Self.mostKept { outcomes = [:] }
    outcomes[command] = (revision, outcome)
    return outcome
  }
}
