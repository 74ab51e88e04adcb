import Language
import Networks
import Training

extension CommandScope {
  /// Answers `undo [N]`.
  mutating func undo(_ invocation: Invocation) throws -> Report {
    try move(invocation, redoing: false)
  }

  /// Answers `redo [N]`.
  mutating func redo(_ invocation: Invocation) throws -> Report {
    try move(invocation, redoing: true)
  }

  private mutating func move(_ invocation: Invocation, redoing: Bool) throws -> Report {
    let count =
      try invocation.words.first?.integer(invocation.verb.text, in: 1...History.commandLimit) ?? 1
    ask(for: .move(count: count, redoing: redoing))
    return Report()
  }
}

/// Going back and forth among the states of a session.
extension Session {
  /// Goes back or forth by some commands, with the run where one goes on, and tells which they were.
  func moveInHistory(_ count: Int, redoing: Bool, _ invocation: Invocation) throws -> [StyledText] {
    if isInLesson, !redoing, lessonTyping.wasRefused, !isLaidOut,
      let command = history.last?.command
    {
      // Who takes back a line that was refused would lose the one before it.
      let words = "the last line was refused: nothing of it is there to undo; undo takes back: "
      return [StyledText(words + command, .dim)]
    }
    let done = redoing ? "done again" : "undone"
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
      if !redoing, isLaidOut { break }
      guard let entry = redoing ? history.redo(from: state) : history.undo(from: state) else {
        break
      }
      visited.append(before)
      state = entry.state
      lines.append(StyledText("\(done): \(entry.command)"))
    }
    if visited.isEmpty {
      checkpoint = state
      let place = isInLesson && !redoing ? " in this lesson; lesson stop leaves it" : ""
      return [StyledText("nothing to \(redoing ? "redo" : "undo")\(place)")]
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
    if let network = state.current?.network {
      lines.append(StyledText(scope.summary(of: network), .dim))
    }
    if let line { lines.append(line) }
    return lines
  }

  /// Whether the last command is one of those by which the lesson at hand has laid out what it begins with.
  private var isLaidOut: Bool {
    guard let lesson, let last = history.last else { return false }
    return last.number <= lesson.laidOut
  }

  /// Whether some states are from before the current run.
  private func leavesRun(_ states: [SessionState]) -> Bool {
    guard let run = running, trainer.isRunning else { return false }
    return states.contains { state in
      run.names.contains { state.networks[$0]?.run != run.number }
    }
  }

  /// Has the current run learn as a recipe says.
  func updateRun(to recipe: Recipe, after before: Recipe, at range: SourceRange?) throws {
    guard trainer.isRunning else { return }
    if !recipe.optimizer.isSame(asideFromRate: before.optimizer) {
      try scope.computing(at: range) {
        try trainer.setOptimizer(recipe.optimizer, recipe.schedule)
      }
    } else if recipe.rates != before.rates {
      trainer.setRates(recipe.rates)
    }
    if recipe.clipping != before.clipping {
      try scope.computing(at: range) { try trainer.setClipping(recipe.clipping) }
    }
    if recipe.precision != before.precision {
      try scope.computing(at: range) { try trainer.setPrecision(recipe.precision) }
    }
    if recipe.batching != before.batching { trainer.setBatching(recipe.batching) }
  }
}
