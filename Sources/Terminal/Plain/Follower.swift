import Sessions

/// A process that does what process 0 of mpirun reads and says, without a word.
final class Follower {
  private let session: Session

  /// A process that follows.
  init(_ options: Session.Options, _ together: SessionRanks) {
    session = Session(options, together: together)
    if let folder = StateFolder.path { session.rememberTuning(in: folder) }
  }

  /// Runs until process 0 ends.
  func run() -> Ending {
    // Ctrl-C is for process 0, which tells the others.
    Signals.ignore(.interrupt)
    Signals.letWritesFail()
    guard let console = SilentConsole(session) else { return .failed }
    return session.follow(on: console) ? .good : .failed
  }
}

/// A console that says nothing and waits for runs.
final class SilentConsole: Console {
  private let session: Session
  private let news: WakePipe

  /// A console; nothing where the system has no descriptors left.
  init?(_ session: Session) {
    guard let news = WakePipe() else { return nil }
    (self.session, self.news) = (session, news)
    session.onNews { news.ring() }
  }

  func show(_ report: Report) {}

  func waitForRun() {
    while session.progress != nil, !session.isHeld {
      _ = Readiness.wait(for: [news.readEnd], milliseconds: Self.patience)
      news.drain()
    }
  }

  /// Milliseconds after which it looks without being told.
  private static let patience = 100
}
