import Foundation
import Language
import Networks

@testable import Sessions

/// Offers, each carried out for good on a copy of the session that made it.
struct OfferTrial {
  /// How many refusals were looked at, and how many offers carried out.
  private(set) var refusals = 0
  private(set) var offers = 0

  /// Which offers did not do what they say, with the commands before them.
  private(set) var failures: [String] = []

  private var known: Set<String> = []

  /// Tries what was offered after a command.
  mutating func check(_ diagnostics: [Diagnostic], after command: String, in session: Session) {
    for diagnostic in diagnostics {
      refusals += 1
      for offer in diagnostic.offers {
        offers += 1
        if let problem = problem(with: offer, diagnostic, after: command, in: session) {
          failures.append(
            "\(command)\n  \(diagnostic.code): \(diagnostic.message)\n  try: \(offer)\n    \(problem)"
          )
        }
      }
    }
  }

  /// What is wrong with an offer, if anything.
  private mutating func problem(
    with offer: String, _ diagnostic: Diagnostic, after command: String, in session: Session
  ) -> String? {
    if offer == command { return "this was just refused" }
    let verb = String(offer.prefix { $0 != " " && $0 != ";" })
    if ["stop", "wait", "resume", "pause"].contains(verb) {
      return session.running == nil ? "no run goes on" : nil
    }
    if verb == "help", !known.insert(offer).inserted { return nil }
    var options = Session.Options()
    options.threads = 1
    options.checksOnly = Self.outside.contains(verb) || offer.contains(">")
    let copy = Session(options)
    copy.state = session.state
    copy.history = session.history
    copy.runs.traces = session.runs.traces
    copy.recorder = session.recorder.map { RunRecorder($0.store) }
    let console = ListeningConsole()
    let outcome = copy.run(Source(offer, from: .argument), on: console)
    let answer = console.take()
    switch outcome {
    case .done, .quit: break
    case .failed, .unexpected, .interrupted: return answer.text
    }
    if let comment = offer.firstRange(of: "  # ") {
      let promise = offer[comment.upperBound...].prefix { $0 != "," }
      let shapes = copy.state.current?.network.facts.values.map(\.output.displayText) ?? []
      if !shapes.contains(String(promise)) { return "no block gives \(promise)" }
    }
    if [.state, .shape].contains(diagnostic.code), Self.mending.contains(verb), offer.contains(" "),
      !command.hasPrefix(verb)
    {
      copy.run(Source(command, from: .argument), on: console)
      let again = console.take().diagnostics.first?.message
      if again == diagnostic.message { return "the same is refused again" }
    }
    return nil
  }

  /// Commands that are only checked: they would train, read or write.
  private static let outside: Set<String> = [
    "train", "step", "save", "load", "source", "draw", "plot", "screen",
  ]

  /// Commands that are offered so that the refused one can follow.
  private static let mending: Set<String> = [
    "lr", "batch", "init", "loss", "input", "split", "unfreeze", "normalize", "optimizer",
  ]
}

extension OfferTrial {
  /// Carries out what was offered during a run, which stays in hand: what was changed is taken back.
  mutating func check(
    _ diagnostic: Diagnostic, after command: String, during live: LiveSession
  ) {
    refusals += 1
    let session = live.session
    for offer in diagnostic.offers {
      offers += 1
      if ["stop", "wait", "resume", "pause", "step"].contains(where: offer.hasPrefix) {
        if session.running == nil { failures.append("\(command)\n  try: \(offer): no run") }
        continue
      }
      let before = session.state.revision
      let answer = session.answer(offer, from: .prompt)
      if answer.outcome != .done {
        failures.append(
          "\(command)\n  \(diagnostic.message)\n  try: \(offer)\n    \(answer.text)")
      }
      if session.state.revision != before { session.answer("undo", from: .prompt) }
    }
  }
}
