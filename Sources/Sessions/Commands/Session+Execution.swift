import Language
import Networks

extension Session {
  /// Executes one command; the state stays as it was if it is refused.
  func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws -> Report {
    hasRunJustEnded = collectFinishedRun()
    guard let row = CommandTable.row(invocation.verb.text) ?? implicitAdd(invocation) else {
      throw unknown(invocation.verb)
    }
    let before = state
    let trained = trainer.progress?.network
    do {
      try row.check(invocation)
      let report = try row.run(self, invocation, &interpreter)
      guard row.isAtomic else { return report }
      if let trained { try protect(trained, since: before, at: invocation.verb.range) }
      guard let redirect = invocation.redirect, row.takes.contains(.redirect),
        !row.takes.contains(.ownRedirect)
      else { return report }
      return try written(report.text + "\n", to: redirect)
    } catch var diagnostic as Diagnostic {
      if row.isAtomic { state = before }
      diagnostic.complete(for: invocation, row)
      throw diagnostic
    } catch {
      if row.isAtomic { state = before }
      throw error
    }
  }

  /// Refuses what a command has changed in the network that is being trained.
  private func protect(_ name: String, since before: SessionState, at range: SourceRange)
    throws(Diagnostic)
  {
    guard trainer.isRunning, let old = before.networks[name] else { return }
    if let new = state.networks[name], new.isUnchanged(since: old) { return }
    throw Diagnostic(
      .state, "\(name) is being trained and cannot be changed before the run is over", at: range,
      offers: ["stop", "wait"])
  }

  /// A container or a definition may be typed without `add`.
  private func implicitAdd(_ invocation: Invocation) -> CommandRow? {
    let verb = invocation.verb.text
    if state.environment.definitions[verb] != nil { return CommandTable.addRow }
    return Kind(word: verb)?.row.blocks == nil ? nil : CommandTable.addRow
  }

  private func unknown(_ verb: Word) -> Diagnostic {
    if Kind(word: verb.text) != nil {
      return Diagnostic(
        .name, "\(verb.text) is a layer; layers are added", at: verb.range,
        replacement: "add \(verb.text)")
    }
    let verbs = CommandTable.rows.map(\.verb) + LanguageNotes.constructs.map(\.name)
    let beginning = verb.text.isEmpty ? [] : verbs.filter { $0.hasPrefix(verb.text) }
    if beginning.count > 1 {
      return Diagnostic(
        .name, "\(verb.text) could be \(beginning.joined(separator: ", "))", at: verb.range,
        offers: ["help"])
    }
    let known = verbs + Kind.allCases.map(\.rawValue) + state.environment.definitions.keys.sorted()
    return Diagnostic(
      .name, "no command is called \(verb.text)", at: verb.range,
      guessing: beginning.first ?? DidYouMean.nearest(verb.text, among: known), offers: ["help"])
  }

  /// Answers `undo [N]`.
  func undo(_ invocation: Invocation) throws -> Report {
    try travel(invocation, nothing: "nothing to undo", done: "undone") {
      history.undo(from: state)
    }
  }

  /// Answers `redo [N]`.
  func redo(_ invocation: Invocation) throws -> Report {
    try travel(invocation, nothing: "nothing to redo", done: "done again") {
      history.redo(from: state)
    }
  }

  private func travel(
    _ invocation: Invocation, nothing: String, done: String, step: () -> History.Entry?
  ) throws -> Report {
    let count =
      try invocation.words.first?.integer(invocation.verb.text, in: 1...History.commandLimit) ?? 1
    let known = history
    remember(before: "what came before \(invocation.verb.text)")
    var lines: [StyledText] = []
    for _ in 0..<count {
      let present = state
      guard let entry = step() else { break }
      state = entry.state
      if let trained = trainer.progress?.network {
        do throws(Diagnostic) {
          try protect(trained, since: present, at: invocation.verb.range)
        } catch {
          history = known
          throw error
        }
      }
      lines.append(StyledText("\(done): \(entry.command)"))
    }
    checkpoint = state
    if lines.isEmpty { return Report(nothing) }
    if let network = state.current?.network { lines.append(StyledText(summary(of: network), .dim)) }
    return Report(lines)
  }
}
