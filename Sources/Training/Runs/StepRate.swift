/// Examples per second over the last second or so of those in which steps were taken.
struct StepRate {
  /// The time in steps, waiting left out, and the examples up to then.
  private var marks: [(time: Duration, examples: Int)] = []
  private var examples = 0
  private var worked = Duration.zero

  /// When the last step ended, put off by the time waited since.
  private var last: ContinuousClock.Instant

  /// How long a step lately takes, and whether the last one was taken to have been held up.
  private var usual: Duration?
  private var wasHeldUp = false

  /// A rate from an instant on.
  init(from start: ContinuousClock.Instant) { last = start }

  /// Leaves out a time in which no step was in hand.
  mutating func leaveOut(_ duration: Duration) { last += duration }

  /// Counts the examples of a step that ended at an instant.
  ///
  /// A single step far longer than those before it was held up, as by a suspended process, and counts as long
  /// as they do.
  mutating func count(_ number: Int, at now: ContinuousClock.Instant) {
    let gap = max(.zero, last.duration(to: now))
    last = now
    examples += number
    if let usual, !wasHeldUp, gap > .seconds(1), gap > usual * 10 {
      wasHeldUp = true
      worked += usual
    } else {
      wasHeldUp = false
      worked += gap
      usual = usual.map { ($0 * 9 + gap) / 10 } ?? gap
    }
    if let mark = marks.last, worked - mark.time < .milliseconds(50) { return }
    marks.append((worked, examples))
    while marks.count > 2, worked - marks[1].time > .seconds(2) { marks.removeFirst() }
  }

  /// Examples per second lately.
  var perSecond: Double? {
    guard let last = marks.last else { return nil }
    let first = marks.count > 1 ? marks[0] : (time: .zero, examples: 0)
    let seconds = (last.time - first.time).seconds
    return seconds > 0 ? Double(last.examples - first.examples) / seconds : nil
  }
}

extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
