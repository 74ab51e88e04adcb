import Sessions
import Testing

@testable import Terminal

/// Answers: wrapping, scrolling back and staying there.
struct TranscriptTests {
  @Test(arguments: [
    ("short", 20, ["short"]),
    ("kept 62 tensors, new 0", 12, ["kept 62", "  tensors,", "  new 0"]),
    ("kept 62 tensors, new 0", 22, ["kept 62 tensors, new 0"]),
    ("  indented line of words", 14, ["  indented", "    line of", "    words"]),
    ("abcdefghijklmnop", 6, ["abcdef", "  ghij", "  klmn", "  op"]),
    ("漢字漢字漢字", 5, ["漢字", "  漢", "  字", "  漢", "  字"]),
    ("a b", 1, ["a", "b"]), ("漢", 1, ["漢"]), ("x", 0, []), ("", 5, [""]),
  ])
  func wrapping(text: String, width: Int, lines: [String]) {
    #expect(StyledLine(text).wrapped(to: width).map(\.text) == lines)
  }

  @Test func wrappingKeepsStyles() {
    let line = StyledLine("› ", .faint) + StyledLine("wrap residual", .strong)
    let wrapped = line.wrapped(to: 10)
    #expect(
      wrapped == [
        StyledLine("› ", .faint) + StyledLine("wrap", .strong),
        StyledLine("  ") + StyledLine("residual", .strong),
      ])
  }

  @Test func noCharacterIsLostInWrapping() {
    var random = SeededGenerator(seed: 3)
    let words = ["a", "conv1", "residual", "漢字", "1×64", "averyveryverylongword", "→"]
    for _ in 0..<500 {
      let count = Int.random(in: 1...12, using: &random)
      let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: " ")
      let width = Int.random(in: 2...30, using: &random)
      let lines = StyledLine(text).wrapped(to: width)
      #expect(lines.allSatisfy { $0.width <= width })
      let joined = lines.map(\.text).joined().filter { $0 != " " }
      #expect(joined == text.filter { $0 != " " })
    }
  }

  private func transcript(_ count: Int) -> Transcript {
    Transcript((1...count).map { StyledLine("line \($0)") }, glyphs: .unicode)
  }

  @Test func scrollingStopsAtBothEnds() {
    var transcript = transcript(10)
    let size = Size(10, 4)
    #expect(transcript.frame(size).text == "line 7\nline 8\nline 9\nline 10\n")
    transcript.scroll(by: 2, size: size)
    #expect(transcript.frame(size).text == "line 5\nline 6\nline 7\nline 8\n")
    transcript.scroll(by: 100, size: size)
    #expect(transcript.frame(size).text == "line 1\nline 2\nline 3\nline 4\n")
    #expect(!transcript.hasMoreAbove(size))
    transcript.scroll(by: -100, size: size)
    #expect(transcript.offset == 0 && transcript.hasMoreAbove(size))
  }

  @Test func aViewLookingBackStaysWhileAnswersCome() {
    var transcript = transcript(10)
    let size = Size(10, 4)
    transcript.scroll(by: 3, size: size)
    let before = transcript.frame(size)
    transcript.append(["something new that wraps", "more"])
    #expect(transcript.frame(size) == before)
    transcript.follow()
    #expect(transcript.frame(size).line(3) == "more")
  }

  @Test func linesThatGoOnAreBrokenAnew() {
    var first = StyledLine("a sentence that goes")
    first.goesOn = true
    let transcript = Transcript([first, "on here", "and another"], glyphs: .unicode)
    #expect(
      transcript.frame(Size(30, 2)).text == "a sentence that goes on here\nand another\n")
    #expect(transcript.frame(Size(12, 4)).line(0) == "a sentence")
    #expect(transcript.lines.count == 2)
  }

  @Test func aNewWidthKeepsTheLinesBelowTheView() {
    var transcript = Transcript(
      (1...20).map { StyledLine("line \($0) of some words") }, glyphs: .unicode)
    transcript.scroll(by: 8, size: Size(8, 4))
    transcript.setWidth(40)
    #expect(transcript.frame(Size(40, 2)).text == "line 17 of some words\nline 18 of some words\n")
  }

  /// A table of so many rows, which says for how many columns it was laid out.
  private func table(_ rows: Int) -> Report.Layout {
    let lines: @Sendable (Int) -> [StyledText] = { columns in
      (1...rows).map { StyledText("row \($0) of \(columns)") }
        + (columns < 50 ? [StyledText("cut")] : [])
    }
    return Report.Layout(columns: 40, count: rows + 1, lines: lines)
  }

  private func lines(_ table: Report.Layout) -> [StyledLine] {
    table.lines(table.columns).map { StyledLine($0) }
  }

  @Test func tablesAreLaidOutForOtherColumns() {
    var transcript = Transcript(["before"], glyphs: .unicode)
    let table = table(2)
    transcript.append(lines(table), laidOut: table)
    transcript.append(["after"])
    transcript.append(lines(table), laidOut: table)
    transcript.layOut(columns: 90)
    #expect(
      transcript.lines.map(\.text) == [
        "before", "row 1 of 90", "row 2 of 90", "after", "row 1 of 90", "row 2 of 90",
      ])
    transcript.layOut(columns: 30)
    #expect(
      transcript.lines.map(\.text) == [
        "before", "row 1 of 30", "row 2 of 30", "cut", "after", "row 1 of 30", "row 2 of 30", "cut",
      ])
  }

  @Test func theNewestAnswerIsFoundBehindTablesOfOtherLengths() {
    var transcript = Transcript(glyphs: .unicode)
    let table = table(3)
    transcript.append(lines(table), laidOut: table)
    transcript.beginAnswer()
    transcript.append(["the newest", "answer", "of all"])
    transcript.layOut(columns: 80)
    transcript.showAnswer(Size(30, 2), cutsTables: true)
    #expect(transcript.frame(Size(30, 2)).text == "the newest\nanswer\n")
    #expect(transcript.fitsAnswer(Size(10, 3)) && !transcript.fitsAnswer(Size(10, 2)))
  }

  @Test func aViewAboveATableStaysThere() {
    var transcript = transcript(10)
    let table = table(3)
    transcript.append(lines(table), laidOut: table)
    let size = Size(20, 3)
    transcript.scroll(by: 5, size: size)
    let before = transcript.frame(size)
    transcript.layOut(columns: 80)
    #expect(transcript.frame(size) == before)
    transcript.layOut(columns: 20)
    #expect(transcript.frame(size) == before)
  }

  @Test func tablesGoWithTheOldestLines() {
    var transcript = Transcript(glyphs: .unicode)
    let table = table(3)
    transcript.append(lines(table), laidOut: table)
    transcript.append((1...Transcript.capacity).map { StyledLine("\($0)") })
    transcript.append(lines(table), laidOut: table)
    transcript.layOut(columns: 90)
    #expect(transcript.lines.last?.text == "row 3 of 90")
    #expect(!transcript.lines.contains { $0.text.hasSuffix("of 40") })
  }

  @Test func oldLinesGoWhenThereAreTooMany() {
    var transcript = Transcript(glyphs: .unicode)
    for start in stride(from: 0, to: 30_000, by: 1000) {
      transcript.append((start..<(start + 1000)).map { StyledLine("\($0)") })
    }
    #expect(transcript.lines.count <= Transcript.capacity)
    #expect(transcript.lines.last == "29999")
  }
}
