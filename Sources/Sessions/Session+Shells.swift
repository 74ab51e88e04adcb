import Language
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

  /// What stands before the cursor at the prompt.
  package var prompt: StyledText {
    var prompt = StyledText(state.currentName, .emphasis)
    if let output = state.current?.network.output {
      prompt.append(" " + glyphs.spell(output.displayText), .dim)
    }
    prompt.append(" \(glyphs == .unicode ? "›" : ">") ")
    return prompt
  }

  /// The state of the run in hand, or nothing when none is going on.
  package var progress: Progress? { trainer.progress }

  /// The finished epochs of the run in hand, or of the last one, from a number on; the first is 0.
  package func epochs(from index: Int) -> [EpochSummary] { trainer.epochs(from: index) }

  /// How a run in the background ended, once.
  package func takeNotices() -> [Report] { collectRun().map { [$0] } ?? [] }

  /// How networks learn at present.
  package var recipe: Recipe { state.recipe }

  /// Asks the run in hand, or the statement, to stop as soon as its state is whole.
  package var interrupt: @Sendable () -> Void {
    let trainer = trainer
    return { trainer.interrupt() }
  }

  /// Calls a closure, on any thread, whenever progress, epochs or notices have changed.
  package func onNews(_ wake: (@Sendable () -> Void)?) { trainer.onNews(wake) }

  /// Shows a report in the shell at hand.
  func show(_ report: Report) {
    if report.lines.isEmpty, report.diagnostics.isEmpty { return }
    console?.show(report)
  }
}
