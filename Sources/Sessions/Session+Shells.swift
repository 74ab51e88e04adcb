import Language
import Networks
import Training

/// What shells ask of a session.
extension Session {
  /// Whether the text so far needs further lines: an open brace or string, or a line ending in `\`.
  package func needsMore(_ text: String) -> Bool {
    guard let result = try? Parser.parse(SourceText(text: text), options: parserOptions) else {
      return false
    }
    return result.incompleteness != nil
  }

  /// Whether there is memory for all that is too small to be asked for; without it the program could end at
  /// any allocation.
  package static var hasMemoryToWork: Bool { AvailableMemory.hasReserve }

  /// What stands before the cursor at the prompt.
  package var prompt: StyledText {
    var prompt = StyledText(state.currentName, .emphasis)
    if let output = state.current?.network.output {
      prompt.append(" " + glyphs.spell(output.displayText), .dim)
    }
    prompt.append(" \(glyphs == .unicode ? "›" : ">") ")
    return prompt
  }

  /// The state of the current run, as the current network has it or else the first, or nothing when none is
  /// going on.
  package var progress: Progress? {
    trainer.progress(of: state.currentName) ?? trainer.progress
  }

  /// The state of each network of the current run.
  package var progressOfAll: [Progress] { trainer.progressOfAll }

  /// How many epochs of the current run, or of the last one, are finished.
  package var epochCount: Int { trainer.epochCount }

  /// The finished epochs of the current run, or of the last one, from a number on; the first is 0.
  package func epochs(from index: Int) -> EpochNews { trainer.epochs(from: index) }

  /// Has the current run wait for who says each of its epochs, from a number on; nothing lets it go on alone.
  package func listen(from index: Int?) { trainer.setListener(from: index) }

  /// How a run in the background ended, and that work cannot be kept, once.
  package func takeNotices() -> [Report] {
    (takeComplaint().map { [$0] } ?? []) + runNotices()
  }

  /// That work cannot be kept, once.
  package func takeComplaint() -> Report? {
    keeping?.board.takeComplaint().map { Report([StyledText($0, .dim)]) }
  }

  private func runNotices() -> [Report] {
    if let report = collectRun() { return [report] + (lessonNotice().map { [$0] } ?? []) }
    return runs.takeRest() ? [Report(paused)] : divergenceNotices()
  }

  /// How networks learn at present.
  package var recipe: Recipe { state.recipe }

  /// Pauses the current run as Ctrl-C does at a prompt; says what there is to say at once, and the rest as a
  /// notice when no step is in hand.
  package func pauseRun() -> Report? {
    guard let state = trainer.progress?.state else { return nil }
    switch state {
    case .paused:
      return running?.isRestAwaited == true
        ? nil : Report("paused already\(placeOfRun); resume goes on, stop ends it")
    case .stopping: return Report("stopping")
    case .running:
      runs.requestPause()
      return nil
    }
  }

  /// Asks the current run to stop.
  package func stopRun() { trainer.requestStop() }

  /// Asks the current statement to end as soon as its state is whole.
  ///
  /// The current run is paused where the statement was typed at a prompt, else stopped.
  package var interrupt: @Sendable () -> Void {
    let trainer = trainer
    return { trainer.interrupt() }
  }

  /// Has the current run stop and what is computed end, as the program does; files are written to their ends.
  package var giveUp: @Sendable () -> Void {
    let trainer = trainer
    return { trainer.giveUp() }
  }

  /// Calls a closure, on any thread, whenever progress, epochs or notices have changed.
  package func onNews(_ wake: (@Sendable () -> Void)?) { trainer.onNews(wake) }

  /// Shows a report in the shell at hand; one that says nothing only to programs.
  func show(_ report: Report) {
    if lessonTyping.isQuiet, report.diagnostics.isEmpty { return }
    let isWanted = report.isAnswer && console?.wantsData == true
    if report.lines.isEmpty, report.diagnostics.isEmpty, !isWanted { return }
    console?.show(report)
  }

  /// The network that a saved text builds; other commands than `input` and `add` are refused.
  ///
  /// - Throws: A diagnostic of what stands in the text.
  package func network(of text: String, name: String) throws -> Network {
    try scope.network(of: text, name: name)
  }
}
