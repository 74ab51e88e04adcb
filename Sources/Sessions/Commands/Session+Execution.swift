import Language
import Networks

extension Session {
  /// Executes one command; the state stays as it was if it is refused.
  func execute(_ invocation: Invocation, with interpreter: inout Interpreter) throws -> Report {
    guard let row = CommandTable.row(invocation.verb.text) ?? implicitAdd(invocation) else {
      throw unknown(invocation.verb)
    }
    let before = state
    do { return try row.run(self, invocation, &interpreter) } catch {
      if row.isAtomic { state = before }
      throw error
    }
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
        offers: ["add \(verb.text)"])
    }
    let known = CommandTable.verbs + Array(state.environment.definitions.keys)
    let near = DidYouMean.nearest(verb.text, among: known.sorted())
    return Diagnostic(
      .name,
      "no command is called \(verb.text)" + (near.map { "; did you mean \($0)?" } ?? ""),
      at: verb.range, offers: ["help"])
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
    let row = invocation.row
    try invocation.expectWords(atMost: 1, row)
    try invocation.expectKeys([], row)
    let count = try invocation.words.first?.integer("N", in: 1...History.limit) ?? 1
    if let checkpoint, checkpoint.revision != state.revision {
      history.record(checkpoint, before: "the block before \(row.verb)")
    }
    checkpoint = nil
    var lines: [StyledText] = []
    for _ in 0..<count {
      guard let entry = step() else { break }
      state = entry.state
      lines.append(StyledText("\(done): \(entry.command)"))
    }
    if lines.isEmpty { return Report(nothing) }
    if let network = state.current?.network { lines.append(StyledText(summary(of: network), .dim)) }
    return Report(lines)
  }
}

extension CommandRow {
  /// Whether a refusal takes back what the command had changed; those that run others keep what these did.
  var isAtomic: Bool { !["source", "time"].contains(verb) }
}
