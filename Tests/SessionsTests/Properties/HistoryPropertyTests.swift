import Networks
import Testing

@testable import Sessions

/// Undo, redo and refusals over commands drawn at random.
struct HistoryPropertyTests {
  @Test("undo all the way, redo all the way; a refused command changes nothing", arguments: 1...6)
  func undoAndRedo(seed: Int) throws {
    let session = Session()
    session.answer("input 3x32")
    let initial = session.state
    var commands = RandomCommands(seed: UInt64(seed))
    var accepted = 0
    for _ in 0..<300 {
      let before = session.state
      let command = commands.command(paths: before.current?.network.paths ?? [])
      let answer = session.answer(command)
      if answer.outcome == .done {
        accepted += 1
      } else if !command.hasPrefix("for") {
        #expect(session.state.revision == before.revision, "\(command)\n\(answer.text)")
        #expect(session.state.environment == before.environment, "\(command)\n\(answer.text)")
      }
    }
    #expect(accepted > 100)
    let final = session.state
    session.answer("undo 500")
    session.answer("redo 500")
    #expect(session.state.revision == final.revision)
    #expect(session.state.environment == final.environment)
    #expect(session.networkText == Session.text(of: final))
    session.answer("undo 499")
    #expect(session.state.revision != final.revision)
    session.answer("undo 500")
    #expect(session.answer("tree").outcome == .failed, "the first input is undone too")
    session.answer("redo")
    #expect(session.state.revision == initial.revision)
    #expect(session.state.environment == initial.environment)
  }

  @Test("script in a fresh session gives the same networks", arguments: 1...6)
  func scripts(seed: Int) throws {
    let session = Session()
    var commands = RandomCommands(seed: UInt64(100 + seed))
    var blocks = 0
    for round in 0..<40 {
      session.answer("input \(round % 2 == 0 ? "3x32" : "3x12x10")")
      for _ in 0..<12 { session.answer("add " + commands.block(depth: 3)) }
      guard let network = session.state.current?.network else { continue }
      blocks += network.root.size
      let text = session.networkText
      let fresh = Session()
      let answer = fresh.answer(text)
      #expect(answer.outcome == .done, "\(text)\n\(answer.text)")
      let again = try #require(fresh.state.current?.network)
      #expect(again.isSame(as: network), "\(text)")
      #expect(fresh.networkText == text)
      session.answer("net n\(round)")
    }
    #expect(blocks > 200)
  }

  @Test("lines of garbage never end the session", arguments: 1...4)
  func garbage(seed: Int) {
    Workplace.enter()
    var commands = RandomCommands(seed: UInt64(200 + seed))
    let tokens =
      [
        "{", "}", "(", ")", "$", "$x", "$(", "\"", "'", "=", ";", "\n", ">", "&", "..", ".", "*",
        "#",
      ]
      + ["0", "1", "3", "-1", "99999999999", "1x64", "3x8x8", "0.5", "a.b", "é", "\u{1F600}", "\\"]
      + [
        "add", "conv", "residual", "repeat", "def", "let", "for", "in", "if", "try", "expect",
        "net",
      ]
      + [
        "set", "wrap", "each", "last=2", "stride=2", "name=x", "input", "undo", "tree", "help", "x",
      ]
      + [
        "show", "move", "before", "params(net)", "print", "time", "until", "else", "rename", "drop",
      ]
    let session = Session()
    session.answer("input 1x64")
    for _ in 0..<400 {
      let line = (0..<commands.number(1...12)).map { _ in commands.one(of: tokens) }
        .joined(separator: commands.chance(80) ? " " : "")
      session.answer(line, from: commands.chance(50) ? .prompt : .argument)
    }
    #expect(session.answer("print alive").text == "alive")
  }
}

extension Session {
  /// The text of the current network of a state.
  static func text(of state: SessionState) -> String {
    let session = Session()
    session.state = state
    return session.networkText
  }
}
