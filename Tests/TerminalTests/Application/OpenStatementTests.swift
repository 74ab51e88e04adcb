import Sessions
import Testing

@testable import Terminal

/// Statements line by line: open as long as the session says so of the whole, at the cost of a line each.
struct OpenStatementTests {
  private static let pieces = [
    "residual {", "for i in 1..3 {", "if 1 < 2 {", "} else {", "}", "} }", "conv 3 3",
    "conv 3 3; bn }", "parallel { bn } {", "repeat 2 { conv 3 3 }", "print \"a", "b\"",
    "print 'x {'",
    "# a { comment", "let x = (1 +", "2)", "add conv 3 \\", "3", "", "}}", "def two n {",
    "seq { seq {",
    "print }", "{", "x(", "f(1, {", "print \"$(1 + ", ")\"", "\\",
  ]

  @Test func agreesWithTheWholeText() {
    let session = Session()
    var random = SeededGenerator(seed: 21)
    for _ in 0..<3_000 {
      var statement = OpenStatement()
      var lines: [String] = []
      for _ in 0..<12 {
        let line = Self.pieces[Int.random(in: Self.pieces.indices, using: &random)]
        lines.append(line)
        let isOpen = statement.add(line) { session.needsMore($0) }
        let whole = lines.joined(separator: "\n")
        #expect(statement.text == whole)
        // An error further up may be told later, when the statement is complete, but nothing waits for ever.
        if session.needsMore(whole) { #expect(isOpen, "\(whole.debugDescription)") }
        if !isOpen { break }
      }
    }
  }

  @Test func aLineCostsTheSameInALongBlock() {
    let session = Session()
    var read: [Int] = []
    var statement = OpenStatement()
    for index in 0..<2_000 {
      var bytes = 0
      let line =
        index == 0 ? "seq {" : index % 3 == 1 ? "residual {" : index % 3 == 2 ? "conv 3 3" : "}"
      let isOpen = statement.add(line) { text in
        bytes += text.utf8.count
        return session.needsMore(text)
      }
      #expect(isOpen)
      read.append(bytes)
    }
    let early = read[3..<30].max() ?? 0
    #expect(read.suffix(30).allSatisfy { $0 <= early })
    for _ in 0..<2 where statement.add("}", needsMore: session.needsMore) {}
    #expect(!session.needsMore(statement.text))
  }
}
