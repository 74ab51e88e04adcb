import Interchange
import Language
import Records
import Training

/// What a command may look at besides the state; it changes nothing of it.
struct CommandContext {
  /// Whether commands are only parsed and shapes checked: nothing is trained, read or written.
  var checksOnly: Bool

  /// Whether the command is only tried, to find out what it would do.
  var isTrial = false

  /// The processes that do the same.
  var processes = 1

  /// Whether another process does the same and writes the files.
  var isFollower = false

  /// Whether programs read the answer's data, lines or none.
  var wantsData = false

  /// How lines are drawn.
  let glyphs: Glyphs

  /// Which containers of the tree are folded.
  let folds: OutlineFolds

  /// The folder of the command file that is being run; empty at a prompt.
  let folder: String

  /// Draws what text alone cannot say, where the shell can.
  let renderer: (any ScreenRenderer)?

  /// Where work is kept by time; nothing in files.
  let autosave: Autosave?

  /// The runs of all sessions; nothing where runs are not kept.
  let store: RunStore?

  /// Where the values of data from files are kept.
  let storage: RowStorage

  /// The states before.
  let history: History

  /// The run that goes on, and those that are over.
  var runs: RunView

  /// Computes what a command wants to know.
  let calculator: any Calculator

  /// Expands definitions and blocks.
  var interpreter: Interpreter

  /// The colours in use.
  let theme: Theme

  /// The lesson at hand, and how far others have come.
  let lesson: LessonProgress?
  let lessons: LessonMemory

  /// Who was measured to compute convolutions the fastest.
  let tuning: TuningMemory

  /// Commands that were tried for offers.
  let attempts: Attempts

  /// Shows how far a command is that takes long.
  var note: (String) -> Void = { _ in }

  /// Whether colours tell apart what stands side by side in an answer.
  var hasColours: Bool { renderer?.hasColours ?? false }

  /// The columns that a table may take.
  var columns: Int { renderer?.columns ?? 80 }

  /// The columns of the pane that an answer is for, or nothing where it is not for one.
  func paneColumns(for invocation: Invocation) -> Int? {
    guard let renderer, renderer.cutsTables, invocation.redirect == nil else { return nil }
    return renderer.columns
  }

  /// Asks whether the user wants the command to end; nothing ends one that is tried.
  var isCancelled: () -> Bool {
    isTrial ? { false } : { [calculator] in calculator.isInterrupted }
  }

  /// The same for a command that is tried on a copy of the state, where nothing is trained, read or written.
  var forTrial: CommandContext {
    var context = self
    context.isTrial = true
    context.checksOnly = true
    context.runs = RunView(nil, traces: runs.finished)
    return context
  }

  /// The same for the text of a saved network, which knows nothing of the session.
  var forLoading: CommandContext {
    var context = self
    context.isTrial = false
    context.checksOnly = false
    context.runs = RunView(nil, traces: RunTraces())
    return context
  }
}
