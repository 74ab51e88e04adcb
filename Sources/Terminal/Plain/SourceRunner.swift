import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs one source after another: prints what it answers and waits for its runs.
///
/// It is the console of both plain shells. Ctrl-C reaches the session at once, whatever the main
/// thread is doing.
package final class SourceRunner: Console {
  private let application: any Application
  private let printer: Printer
  private let news: WakePipe
  let watch: InterruptWatch

  /// Called while a run is waited for, with events other than Ctrl-C.
  package var onEvent: (SignalEvent) -> Void = { _ in }

  /// Whether Ctrl-C was pressed while the last source ran.
  package private(set) var wasInterrupted = false

  /// When a command that takes long may be told of again.
  private var nextNote = ContinuousClock.now

  /// How long a run lasts before it has a bar, and the time between two drawings.
  private static let patience = Duration.milliseconds(150)
  private static let frame = Duration.milliseconds(80)

  /// News come with every step, thousands a second: so long they are left alone, and for a sixteenth
  /// of the run's time while that is shorter.
  private static let longestPause = Duration.milliseconds(20)

  private static func milliseconds(_ duration: Duration) -> Int {
    max(1, Int((duration / .milliseconds(1)).rounded(.up)))
  }

  /// A runner; nothing where the system has no descriptors or threads left.
  package init?(_ application: any Application, printer: Printer) {
    guard let news = WakePipe(), let watch = InterruptWatch() else { return nil }
    self.application = application
    self.printer = printer
    self.news = news
    self.watch = watch
    application.onNews { news.ring() }
  }

  /// The descriptor that can be read when there is news of a run.
  package var newsEnd: Int32 { news.readEnd }

  /// Forgets the news so far, before they are looked at.
  package func drainNews() { news.drain() }

  /// Runs a source to its end, or to the first statement that fails.
  package func run(_ source: Source) -> Report.Outcome {
    wasInterrupted = false
    let outcome = watch.during(application.interrupt) { application.run(source, on: self) }
    if Signals.isInterruptPending { Signals.take().forEach(handle) }
    return outcome
  }

  // MARK: Console

  /// Prints a report above the progress bar.
  package func show(_ report: Report) {
    // The work in hand was given up for an end, not for Ctrl-C.
    if Signals.isEndPending, report.outcome == .interrupted { return }
    if Signals.isInterruptPending, !wasInterrupted {
      wasInterrupted = true
      if TerminalMode(of: STDIN_FILENO)?.echoes == true { printer.breakLine() }
    }
    printer.print(report)
  }

  /// Draws how far a command is that takes long, from time to time.
  package func note(_ text: String) {
    let now = ContinuousClock.now
    guard now >= nextNote else { return }
    printer.drawNote(text)
    nextNote = now + Self.frame
  }

  /// Prints lines and waits for a key at a terminal.
  package func key(before lines: [StyledText]) -> WalkKey? {
    guard printer.asks, TerminalMode(of: STDIN_FILENO) != nil else { return nil }
    printer.print(Report(lines))
    return KeyWait.key {
      let events = Signals.take()
      events.forEach(handle)
      return events.contains(.interrupt)
    }
  }

  package var isInterruptPending: Bool { Signals.isInterruptPending }

  package var wantsData: Bool { printer.isJSON }

  /// Lets the current run go on until it is over or held, and tells its epochs.
  package func waitForRun() { waitForRun(showingEpochsFrom: 0) }

  /// Waits until no run is going on, with a bar on a terminal and a line for each epoch elsewhere.
  ///
  /// - Parameter first: the number of the first epoch that has no line yet.
  package func waitForRun(showingEpochsFrom first: Int) {
    var shownEpochs = first
    func showEpochs() {
      guard !printer.hasTerminal else { return }
      let news = application.epochs(from: shownEpochs)
      if news.first > shownEpochs { printer.print(Self.missing(news.first - shownEpochs)) }
      news.epochs.forEach(printer.print)
      shownEpochs = news.end
    }
    if !printer.hasTerminal { application.listen(from: first) }
    defer { application.listen(from: nil) }
    let start = ContinuousClock.now
    var nextBar = start + Self.patience
    while application.progress != nil, !application.isHeld {
      let now = ContinuousClock.now
      if now >= nextBar {
        printer.drawBar(application.progressOfAll)
        nextBar = now + Self.frame
      }
      showEpochs()
      let untilBar = printer.hasTerminal ? Self.milliseconds(nextBar - now) : nil
      var ready = Readiness.wait(for: [news.readEnd, Signals.readEnd], milliseconds: untilBar)
      if ready == [news.readEnd] {
        let pause = min(max((now - start) / 16, .milliseconds(1)), Self.longestPause)
        ready = Readiness.wait(for: [Signals.readEnd], milliseconds: Self.milliseconds(pause))
      }
      news.drain()
      if ready.contains(Signals.readEnd) { Signals.take().forEach(handle) }
    }
    printer.clearBar()
    showEpochs()
    printer.printLastEpoch()
  }

  /// Says that epochs of a run in the background went by unsaid.
  private static func missing(_ count: Int) -> Report {
    Report([StyledText("… \(Numbers.count(count, "earlier epoch")) …", .dim)])
  }

  private func handle(_ event: SignalEvent) {
    guard event == .interrupt else { return onEvent(event) }
    wasInterrupted = true
    application.interrupt()
  }
}
