/// Decides when the hint under the prompt is looked for: at once while that is quick, and in a pause of
/// typing where the network is so large that keys would have to wait.
struct HintClock {
  /// What the hint was last looked for.
  private var text: String?
  private var cursor = 0
  private var due: ContinuousClock.Instant?
  private var cost = Duration.zero

  /// A look that takes longer waits for a pause.
  private static let quick = Duration.milliseconds(2)
  private static let pause = Duration.milliseconds(60)

  /// Notes the line as it is now; says whether its hint shall be looked for at once.
  mutating func line(_ text: String, cursor: Int, now: ContinuousClock.Instant) -> Bool {
    guard text != self.text || cursor != self.cursor else { return false }
    (self.text, self.cursor) = (text, cursor)
    if cost < Self.quick {
      due = nil
      return true
    }
    due = now + Self.pause
    return false
  }

  /// When the hint is to be looked for, or nothing while it is up to date.
  var time: ContinuousClock.Instant? { due }

  /// Notes how long a look took.
  mutating func looked(for time: Duration) {
    due = nil
    cost = time
  }

  /// Makes the next line count as new, as the session has changed.
  mutating func forget() { text = nil }
}
