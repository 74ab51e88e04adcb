import Language

extension CommandTable {
  /// The command about what is kept without being asked.
  static let autosaveRow = CommandRow(
    "autosave", .files, usage: "autosave [drop N|all]",
    "lists networks of sessions that ended without saving, or forgets them",
    details: [
      "At a prompt every network is on disk half a minute after a change, during a run too.",
      "What is listed stays until it is dropped, or a session that has loaded it ends with it kept or saved.",
      "Sessions beyond the newest \(KeptSessions.limit) are forgotten at the next start.",
    ],
    examples: ["autosave"], slots: [.words(["drop"]), .words(["all"])], words: 2,
    traits: [.redirect], endings: ["txt"],
    run: { try $0.autosave($1) })
}

extension CommandScope {
  /// Answers `autosave [drop N|all]`.
  mutating func autosave(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let autosave = context.autosave
    guard let word = invocation.words.first else {
      return Report(autosave?.list ?? ["networks are kept at a prompt; nothing is kept here"])
    }
    _ = try word.choice("autosave", among: ["drop"])
    let which = try invocation.word(1, "N", row)
    let ended = autosave?.kept.ended ?? []
    let chosen = ended.filter { which.text == "all" || which.text == String($0.number) }
    if chosen.isEmpty, which.text != "all" {
      throw Diagnostic(
        .argument, "no session that ended without saving is called \(which.text)",
        at: which.range, offers: ["autosave"])
    }
    if context.checksOnly || context.isTrial {
      return Report("would forget \(Numbers.count(chosen.count, "session"))")
    }
    ask(for: .forget(chosen.map(\.number)))
    return Report()
  }
}
