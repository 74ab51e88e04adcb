import Language
import Networks
import Training

/// Going back and forth among the states of a session.
extension Session {
  /// Answers `undo [N]`.
  func undo(_ invocation: Invocation) throws -> Report {
    try moveInHistory(invocation, nothing: "nothing to undo", done: "undone", redoing: false)
  }

  /// Answers `redo [N]`.
  func redo(_ invocation: Invocation) throws -> Report {
    try moveInHistory(invocation, nothing: "nothing to redo", done: "done again", redoing: true)
  }

  private func moveInHistory(_ invocation: Invocation, nothing: String, done: String, redoing: Bool)
    throws -> Report
  {
    let count =
      try invocation.words.first?.integer(invocation.verb.text, in: 1...History.commandLimit) ?? 1
    remember(before: "what came before \(invocation.verb.text)")
    checkpoint = state
    var lines: [StyledText] = []
    if leavesRun(history.ahead(count, redoing: redoing)), let line = endRun() {
      lines.append(line)
    }
    let known = history
    let present = state
    var visited: [SessionState] = []
    for _ in 0..<count {
      let before = state
      guard let entry = redoing ? history.redo(from: state) : history.undo(from: state) else {
        break
      }
      visited.append(before)
      state = entry.state
      lines.append(StyledText("\(done): \(entry.command)"))
    }
    if visited.isEmpty {
      checkpoint = state
      return Report(nothing)
    }
    let line: StyledText?
    do {
      line = try updateRun(through: visited, redoing: redoing, invocation)
      try updateRun(to: state.recipe, after: present.recipe, at: invocation.range)
    } catch {
      (history, state) = (known, present)
      throw error
    }
    checkpoint = state
    if let network = state.current?.network { lines.append(StyledText(summary(of: network), .dim)) }
    if let line { lines.append(line) }
    return Report(lines)
  }

  /// Whether some states are from before the run in hand.
  private func leavesRun(_ states: [SessionState]) -> Bool {
    guard let run = running, trainer.isRunning else { return false }
    return states.contains { state in
      run.names.contains { state.networks[$0]?.run != run.number }
    }
  }

  /// Has the run in hand learn as a recipe says.
  func updateRun(to recipe: Recipe, after before: Recipe, at range: SourceRange?) throws {
    guard trainer.isRunning else { return }
    if recipe.optimizer.rule != before.optimizer.rule
      || recipe.optimizer.weightDecay != before.optimizer.weightDecay
    {
      try computing(at: range) { try trainer.setOptimizer(recipe.optimizer) }
    } else if recipe.optimizer.learningRate != before.optimizer.learningRate {
      trainer.setLearningRate(recipe.optimizer.learningRate)
    }
    if recipe.batchSize != before.batchSize { trainer.setBatchSize(recipe.batchSize) }
  }
}
