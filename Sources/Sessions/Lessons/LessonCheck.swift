import Language
import Networks

/// Types a lesson through in a session of its own, and finds what its author has to mend.
struct LessonCheck {
  /// Columns and lines that the text of a step may take.
  static let columns = 78
  static let lines = 8

  /// What is wrong with a lesson, step by step; nothing where it can be gone through.
  static func problems(of lesson: Lesson) -> [Diagnostic] {
    var options = Session.Options()
    options.threads = 1
    let session = Session(options)
    session.lessonTyping.isCheck = true
    session.state.currentName = lesson.name
    var interpreter = Interpreter(environment: session.state.environment)
    var problems: [Diagnostic] = []
    do {
      try session.type(lesson.start, isQuiet: true, with: &interpreter)
      for (index, step) in lesson.steps.enumerated() {
        let texts = form(of: step) + before(step, in: session.scope)
        try session.type(step.solution, isQuiet: true, with: &interpreter)
        let found = texts + after(step, in: session.scope)
        problems += found.map { problem($0, in: step, index) }
      }
      if let step = lesson.steps.last {
        problems += lesson.keeps.filter { session.scope.outcome(of: $0.command) == nil }.map {
          problem(
            "keeps by a command that is refused: \($0.command)", in: step, lesson.steps.count - 1)
        }
      }
    } catch {
      problems.append((error as? Diagnostic) ?? Diagnostic(.state, "\(error)", at: nil))
    }
    return problems
  }

  private static func problem(_ text: String, in step: Lesson.Step, _ index: Int) -> Diagnostic {
    Diagnostic(
      .argument, "step \(index + 1) \(text)",
      at: step.range.source.range(
        step.range.lowerBound, step.range.lowerBound), offers: ["help lesson"])
  }

  private static func form(of step: Lesson.Step) -> [String] {
    var problems: [String] = []
    if step.text.isEmpty { problems.append("has no text") }
    if step.text.count > lines {
      problems.append("has \(step.text.count) lines of text, expected \(lines) at most")
    }
    let widest = (step.text + step.hints).map(DisplayWidth.columns).max() ?? 0
    if widest > columns {
      problems.append("has a line of \(widest) columns, expected \(columns) at most")
    }
    return problems
  }

  private static func before(_ step: Lesson.Step, in scope: CommandScope) -> [String] {
    if step.expectations.isEmpty {
      return step.solution.isEmpty ? [] : ["has commands, but nothing that it expects"]
    }
    if step.solution.isEmpty { return ["has no commands that reach what it expects"] }
    return scope.unmet(in: step) == nil ? ["expects what holds before anything is typed"] : []
  }

  private static func after(_ step: Lesson.Step, in scope: CommandScope) -> [String] {
    if step.solution.isEmpty { return [] }
    return scope.unmet(in: step).map { ["is not reached by its commands: \($0)"] } ?? []
  }
}

extension Session {
  /// Looks over the lesson that a command file is, in place of running it.
  func checkLesson(_ source: Source) -> Report {
    do {
      let text = SourceText(name: source.name, text: source.text, firstLine: source.firstLine)
      let lesson = try LessonReader.lesson(of: text)
      let problems = LessonCheck.problems(of: lesson)
      if problems.isEmpty {
        return Report(
          "\(lesson.name): \(Numbers.count(lesson.steps.count, "step")), each is reached")
      }
      return Report([], diagnostics: problems, outcome: .failed)
    } catch {
      return Report((error as? Diagnostic) ?? Diagnostic(.state, "\(error)", at: nil))
    }
  }
}
