import Testing

@testable import Sessions

/// What is said of a definition whose number of classes is not that of the data.
@Suite struct ClassNoteTests {
  private static let note =
    "  waves has 4 classes, resnet8 has 10 outputs: undo; add resnet8 classes=4"

  @Test("a definition with more outputs than classes is told of, with what has as many")
  func more() {
    let session = Session()
    session.answer("data waves count=40 length=16")
    #expect(session.answer("add resnet8").text.hasSuffix("\n" + Self.note))
    session.answer("undo; add resnet8 classes=4")
    #expect(session.state.current?.network.output.count == 4)
  }

  @Test("an edit that changes the number of outputs away from that of classes is told of")
  func edit() {
    let session = Session()
    #expect(
      !session.answer("data moons count=40; add dense 8; add relu; add dense 2").text.contains(
        "outputs"))
    #expect(
      session.answer("insert dense 5 after dense2").text.hasSuffix(
        "\n  moons has 2 classes, the network 5 outputs now"))
    #expect(!session.answer("add relu").text.contains("outputs"))
  }

  @Test(
    "nothing is said where the number was given, is right, is no parameter, or no class is known",
    arguments: [
      ("data waves count=40 length=16", "add resnet8 classes=7"), ("data digits", "add resnet8"),
      ("data waves count=40 length=16", "add basicblock 16"), ("input 3x32x32", "add resnet8"),
    ])
  func silent(start: String, line: String) {
    let session = Session()
    session.answer(start)
    #expect(!session.answer(line).text.contains("classes"))
  }
}
