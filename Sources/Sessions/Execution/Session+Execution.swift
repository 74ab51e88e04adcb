import Language
import Networks

extension Session {
  /// Executes one command; the state stays as it was if it is refused.
  func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws -> Report {
    try checkBelongsInLesson(invocation)
    attempts.forget()
    runs.beginCommand()
    try meet(before: invocation)
    if collectFinishedRun() { runs.noteEnd(beforeNext: false) }
    revise()
    defer { revise() }
    do { return try answer(to: invocation, with: &interpreter) } catch is RunEndedMeanwhile {
      while trainer.isRunning { trainer.waitForEnd() }
      _ = collectFinishedRun()
      return try answer(to: invocation, with: &interpreter)
    }
  }

  /// Has a command answer on the state, puts its state in place and carries out its effects.
  private func answer(to invocation: Invocation, with interpreter: inout Interpreter) throws
    -> Report
  {
    var scope = CommandScope(state, context(interpreter))
    let answer = Result { try scope.answer(to: invocation) }
    var report: Report
    do { report = try agreed(answer, &scope, of: invocation) } catch let diagnostic as Diagnostic {
      throw diagnostic.code == .interrupted && isHeld ? interruption : diagnostic
    }
    let before = state
    state = scope.state
    if state.dataStamp != before.dataStamp {
      state.shareData(with: [before.data].compactMap(\.self) + history.data)
      state.noteDataCommand(
        invocation.command, isAnew: invocation.row.traits.contains(.makesData),
        seed: before.recipe.seed)
    }
    let isLasting = scope.effects.contains(where: \.isLasting)
    do {
      let outcome = Result {
        try carryOut(scope.effects, of: invocation, into: &report, &interpreter)
        if isLasting { return report }
        // A run that a command begins has its recipe from it.
        if !scope.effects.contains(where: \.beginsRun) {
          try updateRun(to: state.recipe, after: before.recipe, at: invocation.range)
        }
        return try settled(report, of: invocation, since: before, &interpreter)
      }
      return try agree(on: outcome, of: invocation)
    } catch {
      if !isLasting { state = before }
      guard let diagnostic = error as? Diagnostic else { throw error }
      if diagnostic.code == .interrupted { throw isHeld ? interruption : diagnostic }
      throw self.scope.completed(diagnostic, of: invocation, invocation.row)
    }
  }

  /// Carries out what a command asks for.
  private func carryOut(
    _ effects: [Effect], of invocation: Invocation, into report: inout Report,
    _ interpreter: inout Interpreter
  ) throws {
    for effect in effects {
      if case .sweep(let order) = effect {
        try sweep(order, of: invocation, into: &report, with: &interpreter)
      } else if case .demonstrate(let demonstration) = effect {
        try demonstrate(demonstration, of: invocation, into: &report, with: &interpreter)
      } else {
        report.lines += try perform(effect, of: invocation, with: &interpreter)
        if case .lesson = effect { report.isPage = true }
      }
    }
  }

  /// The answer of a command once the run that goes on has followed it, written to a file if that is asked for.
  private func settled(
    _ report: Report, of invocation: Invocation, since before: SessionState,
    _ interpreter: inout Interpreter
  ) throws -> Report {
    var report = report
    if let line = try updateRun(after: invocation, since: before) { report.lines.append(line) }
    guard let redirect = invocation.redirect else { return report }
    var writing = scope
    if invocation.writesData {
      report.subject = invocation.subject(in: state.environment)
      report = writing.written(report.answer.document, to: redirect)
    } else if invocation.row.traits.contains(.redirect) {
      report = writing.written(report.text + "\n", to: redirect)
    } else {
      return report
    }
    for effect in writing.effects { _ = try perform(effect, of: invocation, with: &interpreter) }
    return report
  }

  /// What a command may look at now.
  func context(_ interpreter: Interpreter) -> CommandContext {
    var context = CommandContext(
      checksOnly: options.checksOnly, wantsData: console?.wantsData ?? false, glyphs: glyphs,
      folds: folds, folder: folder,
      renderer: renderer,
      autosave: keeping?.autosave, store: recorder?.store, storage: storage,
      history: history,
      runs: RunView(runs, traces: runs.traces), calculator: trainer, interpreter: interpreter,
      theme: theme, lesson: lesson, lessons: lessonMemory, tuning: tuning,
      attempts: attempts)
    (context.processes, context.isFollower) = (dealt == nil ? together?.count ?? 1 : 1, isFollower)
    context.note = { [weak console] text in console?.note(text) }
    return context
  }

  /// A command's view of the session between commands.
  var scope: CommandScope {
    CommandScope(state, context(Interpreter(environment: state.environment)))
  }
}

/// The run that an effect was for has ended before it could be had; the command is answered once more.
struct RunEndedMeanwhile: Error {}
