import Language

/// Going through a lesson.
extension Session {
  /// Whether a lesson is gone through.
  package var isInLesson: Bool { lesson != nil }

  /// Does what a command wants of the lesson at hand, and tells what there is to read.
  ///
  /// - Throws: The diagnostic of a command of the lesson that was refused.
  func perform(_ move: LessonMove, with interpreter: inout Interpreter) throws -> [StyledText] {
    lessonTyping.turnsPage = true
    if case .run(let file) = move {
      (state.data, state.dataCommands) = (nil, [])
      remember(before: "examples \(file.file.text)")
      for statement in file.statements { try run(statement, of: file, with: &interpreter) }
      return [StyledText("data and recipe are those of the example now", .dim)]
    }
    if case .begin(let lesson, let step, let before) = move {
      return try begin(lesson, at: step, keeping: before, with: &interpreter)
    }
    guard var progress = lesson else { return [] }
    switch move {
    case .begin, .run: return []
    case .next: return try goOn(&progress, with: &interpreter)
    case .back:
      if progress.index == 0 { return [StyledText("this is the first step", .dim)] }
      progress.go(to: progress.index - 1, in: state)
      lesson = progress
      return scope.lines(of: progress) + scope.toDo(in: progress)
    case .hint:
      let line = hint(&progress)
      lesson = progress
      return line
    case .stop:
      let network = state.currentName
      leave(progress)
      interpreter.environment = state.environment
      if progress.isLast, progress.isRead { return ending(of: progress.lesson, network) }
      let name = progress.lesson.name
      let place = "step \(progress.index + 1)"
      if let path = lessonMemory.unwritten {
        return [StyledText("lesson \(name) ends at \(place); \(path) cannot be written", .warning)]
      }
      return [StyledText("lesson \(name) goes on at \(place) another time")]
    }
  }

  private func begin(
    _ lesson: Lesson, at step: Int, keeping before: LessonProgress.Before,
    with interpreter: inout Interpreter
  ) throws -> [StyledText] {
    let present = state
    var scope = scope
    let renamed = scope.clear(names: lesson.networks)
    state = scope.state
    state.currentName = lesson.name
    state.data = nil
    state.dataCommands = []
    state.defaults = [:]
    state.recipe = before.recipe
    state.recipe.becomeUsual()
    remember(before: "lesson \(lesson.name)")
    var kept = before
    if let own = renamed.first(where: { $0.from == kept.networkName }) { kept.networkName = own.to }
    var progress = LessonProgress(lesson: lesson, before: kept)
    progress.firstRun = runs.traces.count
    if let left = self.lesson, left.isLast, left.isRead {
      lessonMemory.note(.done, of: left.lesson.name)
    }
    self.lesson = nil
    do {
      try type(lesson.start, isQuiet: true, with: &interpreter)
      progress.go(to: 0, in: state)
      for index in 0..<step {
        try type(lesson.steps[index].solution, isQuiet: true, with: &interpreter)
        progress.go(to: index + 1, in: state)
      }
    } catch {
      state = present
      interpreter.environment = state.environment
      throw error
    }
    progress.laidOut = history.recorded
    self.lesson = progress
    lessonMemory.note(.step(progress.index), of: lesson.name)
    let putsAside = present.data != nil || !present.networks.isEmpty
    return opening(of: lesson, renamed, putsAside: putsAside) + self.scope.lines(of: progress)
      + self.scope.toDo(in: progress)
  }

  private func opening(
    of lesson: Lesson, _ renamed: [(from: String, to: String)], putsAside: Bool
  ) -> [StyledText] {
    var lines = [StyledText(glyphs.spell(lesson.summary))]
    lines += renamed.map { StyledText("your network \($0.from) is called \($0.to) now", .dim) }
    if putsAside {
      let words = "Your networks stay; data and recipe come back after the lesson."
      lines.append(StyledText(words, .dim))
    }
    let keys = "Enter goes on, hint helps, undo takes a line back, lesson stop leaves."
    lines.append(StyledText(keys, .dim))
    return lines
  }

  /// Goes on to the next step; has what was not reached typed.
  private func goOn(
    _ progress: inout LessonProgress, with interpreter: inout Interpreter
  ) throws -> [StyledText] {
    if !progress.isBehind, scope.unmet(in: progress.step) != nil {
      if trainer.isRunning { try awaitRun() }
      if scope.unmet(in: progress.step) != nil { try typeSolution(of: progress, &interpreter) }
    }
    return advance(&progress, with: &interpreter)
  }

  private func typeSolution(of progress: LessonProgress, _ interpreter: inout Interpreter) throws {
    let start = progress.starts[min(progress.index, progress.starts.count - 1)]
    state = start
    interpreter.environment = state.environment
    remember(before: "next")
    do { try type(progress.step.solution, isQuiet: false, with: &interpreter) } catch {
      guard var diagnostic = error as? Diagnostic, diagnostic.code != .interrupted else {
        throw error
      }
      let next = min(progress.index + 2, progress.lesson.steps.count)
      diagnostic.offers = ["lesson \(progress.lesson.name) step=\(next)"]
      throw diagnostic
    }
  }

  /// Shows the next step, or ends the lesson after its last one.
  private func advance(_ progress: inout LessonProgress, with interpreter: inout Interpreter)
    -> [StyledText]
  {
    if progress.isLast {
      let network = state.currentName
      leave(progress)
      interpreter.environment = state.environment
      return ending(of: progress.lesson, network)
    }
    progress.go(to: progress.index + 1, in: state)
    lesson = progress
    lessonMemory.note(.step(progress.index), of: progress.lesson.name)
    let isRead = progress.step.expectations.isEmpty
    return scope.lines(of: progress) + (isRead ? scope.toDo(in: progress) : [])
  }

  private func ending(of lesson: Lesson, _ network: String) -> [StyledText] {
    lessonMemory.note(.done, of: lesson.name)
    var lines = [StyledText("lesson \(CommandScope.number(lesson)) is done", .good)]
    if network != state.currentName, state.networks[network] != nil {
      lines.append(
        StyledText("the networks you built stay: net \(network) selects the last one", .dim))
    }
    if let next = lessonMemory.announced {
      let title = glyphs.spell(next.title)
      lines.append(StyledText("the next one: lesson \(next.name), \(title); next begins it"))
    }
    return lines
  }

  /// Puts back what was in force before the lesson.
  private func leave(_ progress: LessonProgress) {
    lesson = nil
    progress.before.restore(in: &state)
  }

  private func hint(_ progress: inout LessonProgress) -> [StyledText] {
    let step = progress.step
    if step.expectations.isEmpty || step.solution.isEmpty {
      return [StyledText("nothing is to be typed here; Enter goes on", .dim)]
    }
    if progress.hints < step.hints.count {
      progress.hints += 1
      return [
        StyledText(glyphs.spell(step.hints[progress.hints - 1]))
      ]
    }
    return [StyledText("next types this, from where the step began:", .dim)]
      + step.commands.map { StyledText("  " + $0, .typable) }
  }

  /// Runs commands of a lesson one after another, as if they were typed; `undo` takes back each.
  ///
  /// - Parameter isQuiet: Whether their answers are left out.
  func type(
    _ statements: [Statement], isQuiet: Bool, with interpreter: inout Interpreter
  ) throws {
    (lessonTyping.isTyping, lessonTyping.isQuiet) = (true, isQuiet)
    defer { (lessonTyping.isTyping, lessonTyping.isQuiet) = (false, false) }
    var host = SessionHost(session: self)
    for statement in statements {
      let lines = Lesson.lines(of: statement.range.text).map { StyledText("  " + $0, .typable) }
      console?.show(Report(lines))
      checkpoint = state
      try interpreter.run([statement], host: &host)
      state.environment = interpreter.environment
      remember(before: Self.firstLine(of: statement.range.text))
      checkpoint = state
    }
  }

  /// Goes on with the lesson at hand where a line of the learner has reached what its step expects.
  func followLesson(since before: SessionState?) {
    defer { lessonTyping.turnsPage = false }
    guard var progress = lesson, !lessonTyping.turnsPage, !progress.step.expectations.isEmpty else {
      return
    }
    if let unmet = scope.feedback(on: progress.step) {
      let hasChanged = before.map {
        state.differs(from: $0) || state.environment != $0.environment
      }
      if hasChanged == true, running == nil, !progress.isBehind {
        show(Report([stillToDo(unmet)]))
      }
      return
    }
    if let report = lessonNotice(&progress) { show(report) }
  }

  /// What there is to read once a run in the background has ended: the next step where it has reached what the
  /// step at hand expects, or else what is still to do.
  func lessonNotice() -> Report? {
    guard var progress = lesson, !progress.step.expectations.isEmpty else { return nil }
    guard let unmet = scope.feedback(on: progress.step) else { return lessonNotice(&progress) }
    return progress.isBehind ? nil : Report([stillToDo(unmet)])
  }

  private func stillToDo(_ unmet: String) -> StyledText {
    StyledText("still to do: \(glyphs.spell(unmet))", .dim)
  }

  private func lessonNotice(_ progress: inout LessonProgress) -> Report? {
    var line = StyledText(glyphs.spell("✓ "), .good)
    line.append(glyphs.spell(scope.reached(in: progress.step)), .good)
    var interpreter = Interpreter(environment: state.environment)
    var report = Report([line] + advance(&progress, with: &interpreter))
    report.isPage = true
    emptyLine = lesson?.enter
    return report
  }
}
