import Testing

@testable import Terminal

/// The line as readline draws it, and where the cursor stands in it.
@Suite struct ShownLineTests {
  @Test(
    arguments: [
      ("print x", 3, "print x", 3), ("", 0, "", 0), ("a\u{1B}b", 2, "a^[b", 3),
      ("\u{202E}x", 3, "<U+202E>x", 8), ("a\u{9B}", 3, "a<U+009B>", 9),
      ("a\nb\u{7F}", 4, "a\nb^?", 5),
      ("a\tb", 3, "a\tb", 3), ("é日", 2, "é日", 2), ("a\n", 2, "a\n", 2),
    ])
  func spelled(line: String, cursor: Int, shown: String, column: Int) {
    let result = LineEditor.Shown(Array(line.utf8), marks: [cursor])
    #expect(String(decoding: result.text, as: UTF8.self) == shown)
    #expect(result.marks == [column])
  }

  @Test func marksStayWithinTheLineWhateverItHolds() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2_000 {
      let line = (0..<Int.random(in: 0..<12, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let place = Int.random(in: 0...line.count, using: &generator)
      let shown = LineEditor.Shown(line, marks: [place])
      #expect((0...shown.text.count).contains(shown.marks[0]))
      #expect(!shown.text.contains(0x1B) && !shown.text.contains(0x7F))
    }
  }
}
