import Sessions

/// Which times of a step's parts a screen shows: those of `plan`, and those of a run that goes on once it was asked.
struct TimesInView {
  /// The measurement by `plan`, and the last one in the midst of a run.
  private var measured: Int?
  private var live = 0

  /// The architecture of which times of a run are in view.
  private var architecture: Int?
  private var next: ContinuousClock.Instant?

  /// From one step that is timed to the next.
  private static let interval = Duration.milliseconds(200)

  /// Asks for the times of a step now and then.
  mutating func request(from session: Session, now: ContinuousClock.Instant) {
    if let next, now < next { return }
    next = now + Self.interval
    session.requestTimes()
  }

  /// The parts of blocks that are to be shown from now on, empty where none are; nothing where all stays.
  mutating func take(_ session: Session) -> [OutlineRow.ID: Double]? {
    let found = session.measuredTimes
    if found?.number != measured {
      measured = found?.number
      architecture = nil
      return found?.shares ?? [:]
    }
    if let news = session.liveTimes, news.count != live {
      live = news.count
      architecture = session.architecture
      return news.shares
    }
    guard let architecture, architecture != session.architecture else { return nil }
    self.architecture = nil
    return found?.shares ?? [:]
  }
}
