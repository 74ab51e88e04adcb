import Foundation
import Language
import Testing

@testable import Sessions

/// Commands tried on a copy of a session's state.
struct RehearsalTests {
  private func rehearsed(_ text: String, in session: Session) throws -> Rehearsal {
    var rehearsal = Rehearsal(session.state, session.scope.context.forTrial)
    try rehearsal.run(Parser.parse(file: SourceText(text: text)))
    return rehearsal
  }

  @Test(
    "a rehearsal comes to the network that the session comes to, and leaves the session alone",
    arguments: [
      "add conv 8 3; add bn; wrap residual conv1..bn1",
      "def a n { repeat $n { conv 4 3 pad=1 } }; add a 2; a 3",
      "let k = $(params(net)); add conv $k 1",
      "for i in 1..3 { add conv $i 3 }; undo; time { add relu }",
      "try { add conv 8 99; add gap }; widen conv1 12; deepen conv1; fork b; add relu",
      "data digits; net other; add dense 3; remove dense1; redo; undo 2",
    ])
  func agrees(text: String) throws {
    let session = Session()
    session.answer("input 1x8x8\nadd conv 4 3")
    let before = session.state
    let reached = try rehearsed(text, in: session).state
    #expect(!session.state.differs(from: before))
    #expect(session.state.environment == before.environment)
    let other = Session()
    other.answer("input 1x8x8\nadd conv 4 3")
    other.run(Source(text, from: .argument), on: ListeningConsole())
    #expect(reached.networkNames == other.state.networkNames)
    #expect(reached.environment == other.state.environment)
    let networks = reached.networkNames.map { reached.networks[$0]?.network.root.children.count }
    #expect(
      networks
        == other.state.networkNames.map { other.state.networks[$0]?.network.root.children.count })
    #expect(reached.current?.network.output == other.state.current?.network.output)
  }

  @Test("nothing is trained, written or left in a rehearsal")
  func carriesNothingOut() throws {
    Workplace.enter()
    let session = Session()
    session.answer("input 1x8x8\nadd gap\nadd dense 10\ndata digits")
    let reached = try rehearsed(
      "train 1; save rehearsed.esp; save rehearsed.safetensors; tree > rehearsed.txt", in: session)
    #expect(reached.state.current?.weights.steps == 0)
    #expect(session.running == nil)
    for ending in ["esp", "safetensors", "txt"] {
      #expect(!FileManager.default.fileExists(atPath: "rehearsed.\(ending)"))
    }
    #expect(throws: Quit.self) { try rehearsed("quit 3", in: session) }
    #expect(throws: Diagnostic.self) { try rehearsed("add conv 4 99", in: session) }
  }
}
