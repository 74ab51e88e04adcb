import Language
import Testing

@testable import Sessions

/// What a text offers to be typed works.
@Suite(.serialized) struct ExplanationOfferTests {
  /// What is wrong with the commands that a text offers in a session, each after those before.
  private func problem(with text: Explanation, after preparation: String) -> String? {
    Workplace.enter()
    let session = Session()
    session.rememberRuns()
    let renderer = NarrowRenderer(columns: 80)
    session.renderer = renderer
    session.run(Source(preparation, from: .file("x")), on: ListeningConsole())
    for command in session.scope.commandsToShow(text) {
      let console = ListeningConsole()
      let outcome = session.run(Source(command, from: .prompt), on: console)
      let answer = console.take()
      let tries = command.hasPrefix("try ")
      let isRefused = answer.diagnostics.contains { $0.severity == .error }
      if outcome != .done || isRefused != tries {
        return "\(text.name): \(command): \(answer.text)"
      }
      if !["pause", "stop", "resume", "wait"].contains(where: { text.commands.contains($0) }) {
        session.run(Source("wait", from: .prompt), on: ListeningConsole())
      }
    }
    session.run(Source("stop", from: .prompt), on: ListeningConsole())
    return nil
  }

  @Test(
    "on a fresh session, on networks in hand, and on one that is still empty",
    arguments: [
      "", "input 3x32x32", "input 1x64; add conv 10 3; add bn; add relu",
      "data digits; add cnn 8 3; add residual { conv 8 3; bn }; add gap; add dense 10",
      "data moons; add dense 8; add relu; add dense 2; net toy; add dense 4",
    ])
  func commands(preparation: String) {
    for text in ExplanationTable.all {
      #expect(problem(with: text, after: preparation) == nil)
    }
  }

  @Test("what a code is shown by is refused with that code")
  func codes() {
    for text in ExplanationTable.all where text.name.hasPrefix("E-") {
      let session = Session()
      let console = ListeningConsole()
      for command in [text.start] + text.commands {
        session.run(Source(command, from: .file("x")), on: console)
        let refused = console.take().diagnostics.map(\.code.description)
        #expect(refused == (command.hasPrefix("try ") ? [text.name] : []), "\(command)")
      }
    }
  }

  @Test("a network in hand that has what is needed is the one that is shown")
  func inHand() {
    let session = Session()
    session.answer("data digits; add cnn 8 3; add gap; add dense 10")
    #expect(session.answer("explain trace").text.hasSuffix("\n  trace\n  trace test"))
    let fresh = Session().answer("explain trace").text
    #expect(
      fresh.hasSuffix(
        "\n  data digits; add cnn 8 3; add gap; add dense 10\n  trace\n  trace test"))
    session.answer("input 5; net toy; add dense 3; net main")
  }

  @Test("what does not suit the network in hand is built beside it")
  func beside() {
    let session = Session()
    session.answer("input 8; add dense 3")
    #expect(
      session.answer("explain maxpool").text.hasSuffix(
        "\n  net toy; input 8x32\n  add maxpool 2\n  expect out(net) == 8x16\n  tree"))
    session.answer("net toy; input 8; net main")
    #expect(session.answer("explain maxpool").text.contains("\n  net toy"))
  }
}
