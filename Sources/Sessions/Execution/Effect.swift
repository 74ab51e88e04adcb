import Engine
import Interchange
import Language
import Networks
import Records
import Training

/// What a command asks the session to do besides putting another state in place; `Session.perform` carries it out.
enum Effect {
  /// Begins a run.
  case begin(OngoingRun, [RunRequest])

  /// Takes steps of a run that is paused.
  case takeSteps(Int)

  /// Has the run wait before its next step.
  case pause

  /// Lets a run that is paused go on.
  case resume

  /// Ends the run after its step.
  case stop

  /// Waits until the run is over.
  case wait

  /// Has the run go on with parameters of the current network drawn anew.
  case redraw([ParameterSpecification], Initializer)

  /// Gives the current network, which has its new form already, the values of the new form, also in a run.
  case operate(Surgery, on: NetworkState)

  /// Goes back or forth among the states of the session.
  case move(count: Int, redoing: Bool)

  /// Runs a command file, which a word names.
  case run([Statement], arguments: [Atom], folder: String, file: Word)

  /// Runs statements in the place of the command that asks, as if they were typed there.
  case runInPlace([Statement])

  /// Runs braces so many times and tells how long that took.
  case time(Language.Block, repeats: Int)

  /// Runs braces whose runs are put in a table.
  case sweep(SweepOrder)

  /// Trains networks beside those of the session and puts them in a table.
  case demonstrate(Demonstration)

  /// Writes a file, which a word names, whole or not at all.
  case write(to: Word, FileWriter)

  /// Runs code that was written, which a word names, and compares with ours.
  case compare(CodeComparison, of: Word)

  /// Notes that the current network is in a file as it is now.
  case noteSaved(withWeights: Bool)

  /// Notes the file that the current network was loaded from.
  case noteLoaded(path: String)

  /// Shows the curve that a file has of the current network.
  case restore(SavedCurve)

  /// Folds or unfolds a container in the tree.
  case fold(BlockID, OutlineFold)

  /// Runs what repeats a run, whose number a word is, and compares with the earlier runs of each network.
  case rerun([Statement], of: [String: [RunRecord]], named: Word)

  /// Changes what is said of a run in the store.
  case annotate(Int64, @Sendable (inout RunRecord) -> Void)

  /// Removes runs from the store.
  case forgetRuns([Int64])

  /// Keeps who was measured to compute convolutions the fastest.
  case keepChoices(ConvolutionChoices)

  /// Forgets who was measured to, on this machine.
  case forgetChoices

  /// Forgets what earlier sessions have left, by their numbers.
  case forget([Int])

  /// Goes through a command file, a key for each statement.
  case walk(FileWalk)

  /// Waits for a key at a terminal; elsewhere what is to be said there.
  case awaitKey(String)

  /// Has the screen look otherwise.
  case theme(Theme)

  /// Begins a lesson, or turns its pages.
  case lesson(LessonMove)

  /// Leaves with an exit status.
  case quit(Int32)

  /// Writes to a path.
  typealias FileWriter = (_ path: String) throws(FileError) -> Void

  /// Whether a run begins by it.
  var beginsRun: Bool { if case .begin = self { true } else { false } }

  /// Whether a failure leaves what has changed by then: other commands have run, or a run has learned.
  var isLasting: Bool {
    switch self {
    case .takeSteps, .pause, .resume, .stop, .wait, .move, .run, .runInPlace, .rerun, .time, .sweep,
      .demonstrate, .lesson, .walk, .quit:
      true
    case .begin, .redraw, .operate, .write, .compare, .noteSaved, .noteLoaded, .restore, .fold,
      .forget, .keepChoices, .forgetChoices,
      .annotate, .forgetRuns, .awaitKey, .theme:
      false
    }
  }
}
