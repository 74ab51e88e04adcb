import Testing

@testable import Sessions

/// Arguments of a command file are words as if they had been typed: numbers count, shapes have extents.
@Suite struct ArgumentTests {
  @Test func numbersAndShapesAreWhatTheyLookLike() {
    let session = Session()
    let console = ListeningConsole()
    let text = "input $1; add conv $2 3; print $($2 + 1) $3"
    let outcome = session.run(
      Source(text, from: .file("x"), arguments: ["1x8", "4", "two words"]), on: console)
    #expect(outcome == .done)
    #expect(
      console.take().text == """
        input 1×8
        conv1  conv 4 3  1×8 → 4×8  16 parameters
        5 two words
        """)
  }
}
