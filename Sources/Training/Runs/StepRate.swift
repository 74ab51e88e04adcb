/// Examples per second over the last second or so.
struct StepRate {
  private let clock = ContinuousClock()
  private var marks: [(time: ContinuousClock.Instant, examples: Int)] = []
  private var examples = 0
  private let start: ContinuousClock.Instant

  init() { start = ContinuousClock().now }

  /// Counts the examples of a step.
  mutating func count(_ number: Int) {
    examples += number
    let now = clock.now
    if let last = marks.last, last.time.duration(to: now) < .milliseconds(50) { return }
    marks.append((now, examples))
    while marks.count > 2, marks[1].time.duration(to: now) > .seconds(2) { marks.removeFirst() }
  }

  /// Examples per second lately.
  var perSecond: Double? {
    guard let last = marks.last else { return nil }
    let first = marks.count > 1 ? marks[0] : (time: start, examples: 0)
    let seconds = first.time.duration(to: last.time).seconds
    return seconds > 0 ? Double(last.examples - first.examples) / seconds : nil
  }
}

extension Duration {
  /// The duration in seconds.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
