import Testing

@testable import Sessions

/// Loading over a network that has learned.
@Suite struct LoadOverTests {
  @Test("the answer says that another network was there, and undo brings it back")
  func over() {
    Workplace.enter()
    let session = Session()
    session.answer(
      "data moons count=50; add dense 4; add relu; save over-other.esp; net mine; add dense 2")
    session.answer("train 1")
    let steps = session.state.current?.weights.steps ?? 0
    #expect(
      session.answer("load over-other.esp").text == """
        loaded over-other.esp: 2 → 4, 12 parameters
          another mine had learned for \(steps) steps; undo brings it back
        """)
    session.answer("undo")
    #expect(session.state.current?.network.paths == ["dense1"])
    #expect(session.state.current?.weights.steps == steps)
    session.answer("net fresh; add dense 2")
    #expect(!session.answer("load over-other.esp").text.contains("undo"))
  }
}
