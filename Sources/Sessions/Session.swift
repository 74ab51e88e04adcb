import Interchange
import Language
import Networks
import Training

/// The application without a screen: it takes lines of text and answers reports.
///
/// A session belongs to one thread; training runs on another, owned by its trainer.
package final class Session {
  /// How a session begins.
  package struct Options: Sendable {
    /// The seed in force until `seed` gives another.
    package var seed: UInt64 = 1

    /// Threads for large networks, or nothing for as many as suit.
    package var threads: Int?

    /// Whether verbs and kinds may be shortened.
    package var allowsAbbreviations = false

    /// Whether commands are only parsed and shapes checked: nothing is trained, read or written.
    package var checksOnly = false

    /// The ordinary start.
    package init() {}
  }

  let options: Options
  let runs: RunCoordinator

  /// The processes that run the same commands, where there are others.
  package let together: SessionRanks?
  var state: SessionState

  /// The state as it was when it got its revision.
  var revised: SessionState
  var history = History()

  /// The shell in which the current command runs.
  private(set) weak var console: (any Console)?

  /// Where the current statements come from.
  private(set) var source = Source("", from: .prompt)

  /// The state before the current statement, or since history was last changed within it.
  var checkpoint: SessionState?

  /// The errors that `try` has passed over in the current statement.
  var repeatedErrors = RepeatedErrors()

  /// The command at hand; that of a refusal is the innermost.
  var subject = Report.Subject.remark

  /// Why the last source has ended early, as it is told to other processes.
  var lastRefusal = ""

  /// Counts statements.
  private(set) var statementNumber = 0

  /// The last statement of the current source, after which nothing waits at a prompt.
  var lastStatement: SourceRange?

  /// The folder of the current command file, where `source` looks first; empty at a prompt.
  var folder = ""

  /// Which containers of the tree are folded; `undo` leaves them alone.
  var folds = OutlineFolds()
  var foldRevision = 0

  /// Who keeps the session's work on disk, and where it is handed over; nobody in files.
  var keeping: (board: WorkBoard, autosave: Autosave)?

  /// The revision of the state whose loss by leaving was told of.
  var toldOfLoss: Int?

  /// What Enter on an empty line stands for, until something is typed at the prompt.
  package internal(set) var emptyLine: String?

  /// The contents of networks that are in files of the user, and files of earlier sessions that were loaded.
  var filed: [String: Work.Content] = [:]
  var taken: [Work.Taken] = []

  /// Draws what text alone cannot say; set by shells that can.
  package weak var renderer: (any ScreenRenderer)?

  /// Whether the end of a run leads to `why` where it is plain that nothing was learned.
  package var leadsToWhy = true

  /// How lines are drawn: with Unicode, or in plain ASCII.
  package var glyphs = Glyphs.unicode

  /// Who notes runs in the store of runs; nobody where they are not to be kept.
  var recorder: RunRecorder?

  /// Which values of data files stay in files, and where those of large texts are kept.
  package var storage = RowStorage()

  /// The sweep that goes on, and the network that the last one has kept, as it was then.
  var sweep: SweepLog?

  /// How its runs are dealt to several processes, where they are.
  var dealt: DealtSweep?
  var sweptBest: (name: String, stamp: Int, version: UInt64)?

  /// What the demonstration has come to that goes on.
  var demonstration: DemonstrationLog?

  /// The surface that a screen shows.
  var watched: WatchedSurface?

  /// The lesson at hand, and how far others have come.
  var lesson: LessonProgress?
  var lessonMemory = LessonMemory()

  /// Who was measured to compute convolutions the fastest.
  var tuning = TuningMemory()

  /// The colours in use.
  package internal(set) var theme = Theme.dark

  /// What is done on behalf of the lesson.
  var lessonTyping = LessonTyping()

  /// Commands tried for offers of the current statement.
  let attempts = Attempts()

  var trainer: Trainer { runs.trainer }

  /// The current run, as it began.
  var running: OngoingRun? { runs.run }

  /// Whether Ctrl-C was pressed since the current statement began.
  package var isInterrupted: Bool { trainer.isInterrupted }

  /// A session with the shipped library and nothing else.
  ///
  /// - Parameter together: The processes that run the same commands.
  package init(_ options: Options = Options(), together: SessionRanks? = nil) {
    self.options = options
    self.together = together
    runs = RunCoordinator(Trainer(ranks: together?.ranks))
    state = SessionState(environment: Library.environment)
    state.recipe.seed = options.seed
    state.recipe.threads = options.threads
    revised = state
  }

  /// Runs statements one after another; the first that fails ends them.
  @discardableResult
  package func run(_ source: Source, on console: any Console) -> Report.Outcome {
    Interruption.with({ [trainer] in trainer.isInterrupted }) {
      runInterruptibly(source, on: console)
    }
  }

  private func runInterruptibly(_ source: Source, on console: any Console) -> Report.Outcome {
    self.console = console
    self.source = source
    if source.origin == .prompt { emptyLine = nil }
    folder = source.folder
    subject = .remark
    attempts.beginStatement()
    trainer.clearInterrupt()
    trainer.setPausesWhenInterrupted(source.origin == .prompt)
    if console.isInterruptPending { interrupt() }
    defer {
      publishWork()
      if let lesson { emptyLine = lesson.enter }
    }
    if options.checksOnly, case .file = source.origin, LessonReader.isLesson(source.text) {
      let report = checkLesson(source)
      show(report)
      return report.outcome
    }
    do {
      try announce(source)
      let text = SourceText(name: source.name, text: source.text, firstLine: source.firstLine)
      let statements = try Parser.parse(file: text, options: parserOptions)
      state.environment.arguments = source.arguments.map { Atom(bare: $0) ?? Atom(quoted: $0) }
      try run(statements)
      if source.waitsForRuns { try awaitRun() }
      if isHeld { throw interruption }
      lessonTyping.wasRefused = false
      return .done
    } catch {
      lessonTyping.wasRefused = true
      return answer(error)
    }
  }

  private func run(_ statements: [Statement]) throws {
    lastStatement = statements.last?.range
    var lineStart: SessionState?
    for (index, statement) in statements.enumerated() {
      lineStart = lineStart ?? state
      statementNumber += 1
      attempts.beginStatement()
      checkpoint = state
      repeatedErrors = RepeatedErrors()
      subject = .remark
      var interpreter = Interpreter(environment: state.environment)
      var host = SessionHost(session: self)
      defer {
        show(Report(repeatedErrors.rest))
        state.environment = interpreter.environment
        remember(before: Self.firstLine(of: statement.range.text))
        checkpoint = nil
        attempts.forget()
      }
      do { try interpreter.run([statement], host: &host) } catch let unknown as UnknownInCheck {
        show(unknown.report)
      }
      state.environment = interpreter.environment
      let rest = statements.dropFirst(index + 1)
      if rest.first.map({ $0.range.sharesLine(with: statement.range) }) != true {
        followLesson(since: lineStart)
        lineStart = nil
      }
    }
  }

  /// Keeps the state at the checkpoint for `undo` if it has changed since.
  func remember(before command: String) {
    guard let checkpoint else { return }
    if state.differs(from: checkpoint) || state.environment != checkpoint.environment {
      history.record(checkpoint, before: command)
    }
  }

  static func firstLine(of text: String) -> String {
    text.split(separator: "\n").first.map(String.init) ?? text
  }

  private func answer(_ error: any Error) -> Report.Outcome {
    if let quit = error as? Quit { return .quit(quit.status) }
    let report = refusal((error as? Diagnostic) ?? Diagnostic(.state, "\(error)", at: nil))
    lastRefusal = report.diagnostics.first?.message ?? ""
    console?.show(report)
    return report.outcome
  }

  /// How text typed at the prompt is parsed; in files verbs stand in full.
  package var parserOptions: ParserOptions {
    var parserOptions = ParserOptions()
    if options.allowsAbbreviations, source.origin == .prompt {
      let definitions = state.environment.definitions
      parserOptions.fullVerb = { typed in
        definitions[typed] == nil ? CommandTable.fullVerb(typed) : typed
      }
    }
    return parserOptions
  }
}

extension SourceRange {
  /// Whether this range begins on the line that another one ends on.
  fileprivate func sharesLine(with earlier: SourceRange) -> Bool {
    source.position(at: lowerBound).line == source.position(at: earlier.upperBound).line
  }
}
