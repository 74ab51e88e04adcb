import Interchange
import Language

extension CommandTable {
  /// Lessons, and how one goes through them.
  static let lessonRows: [CommandRow] = [
    CommandRow(
      "lesson", .lessons,
      usage: "lesson [NAME|NUMBER|FILE] [step=N] | lesson restart | lesson stop",
      "lists lessons, begins one or goes on with it",
      details: [
        "What was reached is looked at after each command: any right answer counts, and the next text follows.",
        "Enter on an empty line goes on where there is nothing to type, else it says what is still to do.",
        "On the last page lesson stop leaves, and next ends the lesson; next once more begins the one after it.",
        "hint helps by degrees, next and back turn pages, lesson restart begins it again, lesson stop leaves;",
        "lesson goes on where it was left.",
        "A lesson has networks of its own names; data and recipe from before come back after it.",
        "FILE.esp is a lesson of your own: docs/lessons.md. espalier --check FILE.esp looks it over.",
      ],
      examples: ["lesson", "lesson 1", "lesson skip", "lesson first step=2", "lesson stop"],
      slots: [.words(LessonTable.all.map(\.name) + ["stop", "step"])],
      keys: [.init("step", default: "where it was left", "the step to begin at, counted from 1")],
      words: 1, traits: [.redirect, .outsideLessons], endings: CommandRow.answerEndings,
      run: { try $0.lesson($1) }),
    CommandRow(
      "next", .lessons, usage: "next",
      "goes on to the next step of a lesson; what is still to do there is typed for you",
      examples: ["next"], words: 0, traits: [.outsideLessons],
      run: { scope, invocation in
        if scope.context.lesson == nil, let lesson = scope.context.lessons.announced {
          return try scope.begin(lesson, step: nil, at: invocation.range)
        }
        return scope.turn(.next)
      }),
    CommandRow(
      "back", .lessons, usage: "back",
      "shows the step before of a lesson; what was typed stays, undo takes it back",
      examples: ["back"], words: 0, traits: [.outsideLessons],
      run: { scope, _ in scope.turn(.back) }),
    CommandRow(
      "hint", .lessons, usage: "hint",
      "helps with the step at hand of a lesson, each time a little more; the last hint is what to type",
      examples: ["hint"], words: 0, traits: [.outsideLessons],
      run: { scope, _ in scope.turn(.hint) }),
    CommandRow(
      "tutorial", .lessons, usage: "tutorial", "begins the first lesson",
      details: ["lesson lists all of them."], examples: ["tutorial"], words: 0,
      traits: [.outsideLessons],
      run: { scope, invocation in
        guard let first = LessonTable.all.first else { return Report() }
        return try scope.begin(first, step: nil, at: invocation.range)
      }),
  ]
}

extension CommandScope {
  /// Answers `lesson [NAME|NUMBER|FILE] [step=N]` and `lesson stop`.
  mutating func lesson(_ invocation: Invocation) throws -> Report {
    let option = invocation.option("step")?.value
    guard let word = invocation.words.first else {
      if let option {
        throw Diagnostic(
          .argument, "step is one of a lesson", at: option.range,
          offers: ["lesson 1 step=\(option.text)"])
      }
      return lessonOverview
    }
    if word.text == "stop" { return turn(.stop) }
    if word.text == "step" {
      guard let progress = context.lesson else { return Self.noLesson }
      if progress.isLast, progress.isRead {
        let data = data(of: progress)
        return Report(toDo(in: progress)) { data }
      }
      return page(of: progress)
    }
    if word.text == "restart" {
      guard let progress = context.lesson else { return Self.noLesson }
      return try begin(progress.lesson, step: 0, at: word.range)
    }
    let lesson = try lesson(of: word)
    let step = try option?.integer("step", in: 1...lesson.steps.count)
    return try begin(lesson, step: step.map { $0 - 1 }, at: word.range)
  }

  /// Asks for a lesson to begin, at a step or where it was left.
  mutating func begin(_ lesson: Lesson, step: Int?, at range: SourceRange) throws -> Report {
    if let progress = context.lesson, progress.lesson.name == lesson.name, step == nil {
      return page(of: progress)
    }
    if context.runs.isRunning {
      throw Diagnostic(
        .state, "a lesson begins when nothing is training", at: range, offers: ["stop", "wait"])
    }
    if context.isTrial || context.checksOnly {
      return Report("would begin the lesson \(lesson.name)")
    }
    let left: Int =
      switch context.lessons.places[lesson.name] {
      case .step(let index): min(index, lesson.steps.count - 1)
      case .done, nil: 0
      }
    let before = context.lesson?.before ?? LessonProgress.Before(state)
    ask(for: .lesson(.begin(lesson, step: step ?? left, keeping: before)))
    return Report()
  }

  /// Asks for a page of the lesson at hand.
  mutating func turn(_ move: LessonMove) -> Report {
    if context.lesson == nil { return Self.noLesson }
    ask(for: .lesson(move))
    return Report()
  }

  private static var noLesson: Report { Report("no lesson goes on; lesson lists them") }

  /// The lesson that a word names: by number, by name, or in a file.
  private func lesson(of word: Word) throws -> Lesson {
    if let lesson = LessonTable.lesson(word.text) { return lesson }
    if word.text.hasSuffix(".esp") {
      let path = resolved(word.text)
      let text = try filing(at: word.range) { () throws(FileError) in
        try WholeFile.text(at: path)
      }
      do { return try LessonReader.lesson(of: SourceText(name: path, text: text)) } catch {
        guard var diagnostic = error as? Diagnostic else { throw error }
        diagnostic.addSource(word)
        throw diagnostic
      }
    }
    let found = Int(word.text) == nil ? "is called \(word.text)" : "has the number \(word.text)"
    throw Diagnostic(
      .name, "no lesson \(found)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: LessonTable.all.map(\.name)),
      offers: ["lesson"])
  }

  /// All lessons, with how far each has come.
  private var lessonOverview: Report {
    let width = (LessonTable.all.map(\.name.count).max() ?? 0) + 2
    var lines: [StyledText] = []
    for (index, lesson) in LessonTable.all.enumerated() {
      let number = "\(index + 1)"
      var line = StyledText(String(repeating: " ", count: max(0, 3 - number.count)) + number + "  ")
      let gap = String(repeating: " ", count: width - lesson.name.count)
      line.append(lesson.name, .typable)
      line.append(gap + lesson.title)
      switch context.lessons.places[lesson.name] {
      case .done: line.append("  \(context.glyphs.spell("✓")) done", .good)
      case .step(let step): line.append("  step \(step + 1) of \(lesson.steps.count)", .dim)
      case nil: break
      }
      lines.append(line.inColumns)
    }
    lines.append(StyledText("lesson NAME or NUMBER begins one, or goes on where it was left", .dim))
    let places = context.lessons.places
    return Report(lines) {
      let lessons = LessonTable.all.enumerated().map { index, lesson -> JSON in
        let place: JSON =
          switch places[lesson.name] {
          case .done: "done"
          case .step(let step): .integer(step + 1)
          case nil: .null
          }
        return [
          "number": .integer(index + 1), "name": .text(lesson.name), "title": .text(lesson.title),
          "summary": .text(lesson.summary), "steps": .integer(lesson.steps.count), "at": place,
        ]
      }
      return ["lessons": .array(lessons)]
    }
  }
}
