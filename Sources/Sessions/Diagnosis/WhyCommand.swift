import Language
import Networks

extension CommandTable {
  /// The command that says what is wrong.
  static let whyRow = CommandRow(
    "why", .look, usage: "why [NETWORK]",
    "says what keeps a network from learning, with the number that shows it",
    details: [
      "Looks at loss, outputs and gradients of some examples, the recipe, the last run and steps of a copy.",
      "What explains other findings comes before them. A command is offered only where it helped on a copy:",
      "with the figure as things are and with it. It takes a few seconds at most; nothing of the session changes.",
    ],
    examples: ["why", "why > why.json"], slots: [.network], words: 1, traits: [.redirect],
    endings: CommandRow.answerEndings, run: { try $0.why($1) })
}

extension CommandScope {
  /// Answers `why [NETWORK]`.
  func why(_ invocation: Invocation) throws -> Report {
    var scope = self
    if let word = invocation.words.first {
      guard state.networks[word.text] != nil else { throw unknownNetwork(word) }
      scope.state.currentName = word.text
    }
    let request = try scope.requestForCopy(at: invocation.range)
    if context.checksOnly { return Report("would look for what is wrong with \(request.name)") }
    context.note("why  looking at \(request.name) and steps of a copy")
    let seen = try scope.observation(at: invocation.range)
    let diagnosis = try Diagnosis(seen, TrialRoom(scope: scope, range: invocation.range))
    return Report(diagnosis.lines(context.glyphs)) { diagnosis.data }
  }
}
