import Terminal
import Testing

/// Statements out of a stream of bytes.
@Suite struct StatementReaderTests {
  typealias Unit = StatementReader.Unit

  private static func isOpen(_ text: String) -> Bool {
    text.count { $0 == "{" } > text.count { $0 == "}" }
  }

  private func read(_ pieces: [String], limit: Int = 1000) -> [Unit] {
    var reader = StatementReader(limit: limit, needsMore: Self.isOpen)
    return pieces.flatMap { reader.feed($0.utf8) } + reader.finish()
  }

  @Test(arguments: [
    ("", []),
    ("\n \n\t\n", []),
    ("tree\n", [Unit(text: "tree", firstLine: 1)]),
    ("tree", [Unit(text: "tree", firstLine: 1)]),
    ("\na\n\nb\r\n", [Unit(text: "a", firstLine: 2), Unit(text: "b\r", firstLine: 4)]),
    ("a {\n\n b\n}\nc", [Unit(text: "a {\n\n b\n}", firstLine: 1), Unit(text: "c", firstLine: 5)]),
    ("a\nb {\nc", [Unit(text: "a", firstLine: 1), Unit(text: "b {\nc", firstLine: 2)]),
  ])
  func cutsIntoStatements(text: String, units: [Unit]) {
    #expect(read([text]) == units)
    #expect(read(text.map(String.init)) == units)
  }

  @Test func takesCharactersInPieces() {
    var reader = StatementReader(needsMore: Self.isOpen)
    var units: [Unit] = []
    for byte in "größe\nx".utf8 { units += reader.feed([byte]) }
    #expect(units == [Unit(text: "größe", firstLine: 1)])
  }

  @Test func givesUpOnWhatNeverEnds() {
    var reader = StatementReader(limit: 20, needsMore: Self.isOpen)
    #expect(reader.feed("x { 0123456789\n0123456789\n".utf8).map(\.firstLine) == [1])
    #expect(reader.feed("next\n".utf8) == [Unit(text: "next", firstLine: 3)])
    #expect(reader.feed(String(repeating: "y", count: 21).utf8).map(\.text.count) == [21])
  }
}
