import Language
import Networks
import Training

/// Where a session stands in a lesson.
struct LessonProgress: Sendable {
  let lesson: Lesson

  /// What was in force before it began, and comes back after it.
  let before: Before

  /// The step at hand, and the furthest one so far, counted from 0.
  var index = 0
  var reached = 0

  /// How many hints of the step at hand were given.
  var hints = 0

  /// The number of the first run since it began.
  var firstRun = 0

  /// The number of the last command by which it has laid out what it begins with.
  var laidOut = 0

  /// The state that each step so far began with.
  var starts: [SessionState] = []

  /// What a lesson puts aside.
  struct Before: Sendable {
    var networkName: String
    let data: Dataset?
    let dataCommands: [String]
    let recipe: Recipe
    let defaults: [Kind: [String: String]]

    /// What is in force in a state.
    init(_ state: SessionState) {
      networkName = state.currentName
      (data, dataCommands) = (state.data, state.dataCommands)
      (recipe, defaults) = (state.recipe, state.defaults)
    }

    /// Puts it in force again; networks stay as they are.
    func restore(in state: inout SessionState) {
      state.currentName = networkName
      state.data = data
      state.dataCommands = dataCommands
      (state.recipe, state.defaults) = (recipe, defaults)
    }
  }

  /// The step at hand.
  var step: Lesson.Step { lesson.steps[min(index, lesson.steps.count - 1)] }

  var isLast: Bool { index + 1 >= lesson.steps.count }

  /// Whether the step at hand was left behind once already.
  var isBehind: Bool { index < reached }

  /// What Enter on an empty line stands for.
  var enter: String { isRead && !isLast ? "next" : "lesson step" }

  /// Whether there is nothing to do in the step at hand.
  var isRead: Bool { step.expectations.isEmpty || isBehind }

  /// Goes to a step, which begins in a state if it was not reached before.
  mutating func go(to index: Int, in state: SessionState) {
    self.index = index
    hints = 0
    reached = max(reached, index)
    if starts.count <= index { starts.append(state) }
  }
}

/// What a command wants of the lesson at hand.
enum LessonMove: Sendable {
  /// Begins one at a step, once the commands of those before it were run.
  case begin(Lesson, step: Int, keeping: LessonProgress.Before)

  /// Goes on to the next step; what was not reached is typed for the learner.
  case next

  /// Goes back to the step before.
  case back

  /// Shows one more hint.
  case hint

  /// Leaves it.
  case stop

  /// Runs a command file that loads data of its own, as an example does.
  case run(FileWalk)
}
