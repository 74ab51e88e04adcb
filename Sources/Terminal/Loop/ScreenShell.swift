import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The full screen: a session, the frame that shows it, and the loop that keeps both alive.
///
/// Everything here happens on the main thread, in one loop over keys, signals and news. Training goes
/// on elsewhere; a statement that waits for it runs the same loop inside.
package final class ScreenShell {
  let session: Session
  let editor: LineEditor
  let keeper: Keeper?
  private let surroundings: Surroundings
  private let runner: SourceRunner

  var state: ScreenState
  var screen: CursesScreen?
  var size = Size(80, 24)
  var decoder: KeyDecoder
  var mirror: SessionMirror

  /// The lines of a statement whose block is still open.
  var openLines: [String] = []

  /// Lines entered while a statement waits for a run.
  var waiting: [String] = []

  /// How often Ctrl-C was taken; keys that were read before one are dropped.
  var interruptions = 0

  /// How the loop ends, once something has ended it.
  var ending: Cause?

  /// How many statements wait for runs inside one another.
  var depth = 0

  /// Whether the last statement has waited for a run, whose progress its answer follows.
  var hasWaited = false

  /// When the next frame is due: at once after a key, by the frame's cap after news.
  var isDirty = true
  var isUrgent = true
  var lastDraw = ContinuousClock().now - .seconds(1)

  /// When the statement at hand last told how far it is.
  var lastNote: ContinuousClock.Instant?
  var hint = HintClock()

  /// The terminal's modes before and after.
  private(set) var original: TerminalMode?

  /// The command that was run last, for the mark of an edit in the chart.
  var lastCommand: String?

  /// Whether a key is waited for before the next line of a file, and what it said.
  var awaitsKey = false
  var awaitedKey: WalkKey?

  /// What is kept of what was not saved, said once the screen is gone.
  private(set) var farewell: StyledText?

  /// Whether quitting was asked for while training runs.
  var hasWarned = false

  /// Why the loop is over.
  enum Cause {
    case status(Ending)

    /// The process shall end as a signal ends it.
    case signal(SignalEvent)
  }

  /// A shell that has not touched the terminal yet; nothing where it lacks descriptors.
  ///
  /// - Parameter runner: gives its pipe of news and its watch for Ctrl-C, of which a process has one each.
  package init?(
    _ session: Session, _ surroundings: Surroundings, runner: SourceRunner, keeper: Keeper?
  ) {
    let usable = HistoryFile.path.flatMap { HistoryFile.prepare($0) ? $0 : nil }
    guard let editor = LineEditor(drawingNothing: usable) else { return nil }
    (self.session, self.editor, self.keeper) = (session, editor, keeper)
    (self.surroundings, self.runner) = (surroundings, runner)
    let glyphs: Glyphs = surroundings.isUTF8 ? .unicode : .ascii
    session.glyphs = glyphs
    state = ScreenState(glyphs: glyphs, prompt: PromptLine(prompt: StyledLine(session.prompt)))
    decoder = KeyDecoder(readsUTF8: surroundings.isUTF8)
    mirror = SessionMirror(device: Numbers.count(sysconf(Int32(_SC_NPROCESSORS_ONLN)), "core"))
  }

  /// Runs until the user leaves.
  ///
  /// - Parameter inputs: Files and commands that run inside the screen first; one that fails ends its group.
  /// - Returns: how the process shall end; nothing where this terminal cannot show a screen, and
  ///   nothing has changed.
  package func run(_ inputs: [[FileShell.Input]] = []) -> Ending? {
    guard let mode = TerminalMode(of: STDIN_FILENO), let screen = open(mode) else { return nil }
    let capture = OutputCapture()
    runner.watch.hearEnds(session.giveUp)
    original = mode
    session.renderer = self
    state.hasColours = hasColours
    state.transcript.append(Self.greeting + (keeper?.offers ?? []).map { StyledLine($0) })
    editor.complete = { [unowned self] in completion(of: $0, at: $1) }
    size = screen.takeSize()
    state.openAnswer(size)
    beginLine()
    inputs.forEach(run(first:))
    loop { false }
    editor.end()
    screen.close()
    self.screen = nil
    EmergencyRestore.disarm()
    mode.restore()
    capture?.end()
    for event in [SignalEvent.terminate, .hangUp] { Signals.release(event) }
    finish()
    switch ending {
    case .signal(let event): Signals.end(by: event.number)
    case .status(let status): return status
    case nil: return .good
    }
  }

  private static let greeting: [StyledLine] = [
    StyledLine("help", Style(.key)) + StyledLine(" lists what can be typed, ", .faint)
      + StyledLine("lesson", Style(.key)) + StyledLine(" teaches, ", .faint)
      + StyledLine("F1", Style(.key)) + StyledLine(" the keys", .faint)
  ]

  private func open(_ mode: TerminalMode) -> CursesScreen? {
    let events = SignalEvent.allCases
    Signals.install(events)
    guard let screen = CursesScreen(surroundings) else {
      events.forEach(Signals.release)
      return nil
    }
    self.screen = screen
    arm(mode, screen)
    return screen
  }

  func arm(_ mode: TerminalMode, _ screen: CursesScreen) {
    EmergencyRestore.arm(mode, writing: screen.restoringBytes, to: screen.descriptor)
  }

  /// Ends a run that still goes on and keeps what it has learned.
  private func finish() {
    if session.progress != nil { session.stopRun() }
    session.finishRun()
    farewell = keeper?.finish()
  }

  /// Does work during which Ctrl-C reaches the session at once.
  func busy<Result>(_ work: () -> Result) -> Result { runner.watch.during(session.interrupt, work) }

  /// Does work that looks at Ctrl-C itself.
  func attentive<Result>(_ work: () -> Result) -> Result { runner.watch.during({}, work) }

  /// What the loop waits for; news only when a frame could show them.
  func descriptors(hearsNews: Bool) -> [Int32] {
    [STDIN_FILENO, Signals.readEnd] + (hearsNews ? [runner.newsEnd] : [])
  }

  func isNews(_ ready: Set<Int32>) -> Bool {
    guard ready.contains(runner.newsEnd) else { return false }
    runner.drainNews()
    return true
  }
}

extension ScreenShell: ScreenRenderer {
  /// Draws in other colours from now on.
  package func show(in theme: Theme) {
    screen?.show(in: theme)
    isDirty = true
  }

  /// The columns of the pane of answers once it has the whole screen.
  package var columns: Int { max(1, size.width - 4) }
  package var cutsTables: Bool { true }

  /// The rows inside the body but for the one of the command.
  package var rows: Int? {
    let body = state.arrangement(size, .body).place(of: .transcript)
    return body.map { max(1, $0.inner.height - 1) }
  }

  package var hasColours: Bool { surroundings.palette != .none }

  /// The screen as it is, a text for each row.
  package func screenLines() -> [String] {
    refresh()
    let frame = ScreenView(state, size: size).frame
    return (0..<frame.height).map { frame.line($0) }
  }

  /// The screen as it is, as a picture.
  package func screenPicture() -> String {
    refresh()
    return FrameSVG.text(of: ScreenView(state, size: size).frame)
  }

  /// The chart as it is on the screen.
  package func chartLines() -> [StyledText] {
    refresh()
    return ScreenText.chart(state.loss, glyphs: state.glyphs)
  }
}
