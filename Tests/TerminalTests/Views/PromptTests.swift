import Sessions
import Testing

@testable import Terminal

/// The prompt line: where the cursor is, whatever was typed.
struct PromptTests {
  private func draw(
    _ text: String, cursor: Int? = nil, width: Int = 20, height: Int = 1,
    glyphs: Glyphs = .unicode
  ) -> Frame {
    PromptLine(prompt: "› ", text: text, cursor: cursor)
      .frame(Size(width, height), glyphs: glyphs)
  }

  @Test(arguments: [
    ("", 0, "›", 2), ("add conv", 8, "› add conv", 10), ("add conv", 3, "› add conv", 5),
    ("残差", 3, "› 残差", 4), ("残差", 6, "› 残差", 6), ("e\u{301}x", 3, "› e\u{301}x", 3),
    ("a\u{07}b", 2, "› a^Gb", 5), ("a\nb", 2, "› a↵b", 4), ("a\tb", 2, "› a b", 4),
    ("👩‍👩‍👧x", 18, "› 👩x", 4), ("a", 99, "› a", 3),
  ])
  func cursorColumns(text: String, cursor: Int, line: String, column: Int) {
    let frame = draw(text, cursor: cursor)
    #expect(frame.line(0) == line)
    #expect(frame.cursor == Point(column, 0))
  }

  @Test(arguments: [
    (0, "› 0123456789abcdefg›", 2), (16, "› 0123456789abcdefg›", 18),
    (17, "› ‹abcdefghijklmnop›", 10), (26, "› ‹jklmnopqrstuvwxyz", 10),
    (36, "› ‹stuvwxyz", 11),
  ])
  func longLinesMoveByHalfTheRoom(cursor: Int, line: String, column: Int) {
    let frame = draw("0123456789abcdefghijklmnopqrstuvwxyz", cursor: cursor)
    #expect(frame.cursor?.x == column)
    #expect(frame.line(0) == line)
  }

  @Test func theCursorIsInViewAtEveryWidthAndPlace() {
    let text = "add conv 10 3 残差 stride=2; bn; relu"
    for width in 1...40 {
      for cursor in 0...text.utf8.count {
        let frame = draw(text, cursor: cursor, width: width)
        #expect(frame.cursor.map { $0.x >= 0 && $0.x < width } ?? false)
      }
    }
  }

  @Test func aNarrowScreenShortensThePrompt() {
    let line = PromptLine(prompt: "residual ✱ 0.122 › ", shortPrompt: "› ", text: "add")
    #expect(line.frame(Size(40, 1), glyphs: .unicode).line(0) == "› add")
    #expect(line.frame(Size(60, 1), glyphs: .unicode).line(0) == "residual ✱ 0.122 › add")
    let search = PromptLine(prompt: "(reverse-i-search)`add': ", text: "add conv 10 3")
    #expect(
      search.frame(Size(36, 1), glyphs: .unicode).line(0) == "(reverse-i-search)`add': ‹nv 10 3")
  }

  @Test(arguments: [
    (60, "      conv CHANNELS KERNEL stride=1   → 16×8×8"),
    (38, " conv CHANNELS KERNEL str…   → 16×8×8"), (20, " → 16×8×8"), (6, " → 1…"),
  ])
  func hints(width: Int, line: String) {
    var frame = Frame(Size(width, 1))
    let hint = HintLine(
      signature: "conv CHANNELS KERNEL stride=1", outcome: .result("16×8×8"))
    hint.draw(frame.bounds, indent: 6, glyphs: .unicode, into: &frame)
    #expect(frame.line(0) == line)
  }

  @Test func fieldsGiveWayByImportance() {
    let line = FieldLine(
      [
        FieldLine.Field("state", importance: 9),
        FieldLine.Field("step 12", width: 9, importance: 1),
        FieldLine.Field("loss 0.1", importance: 5),
      ], trailing: [FieldLine.Field("F1", importance: 3)])
    func text(_ width: Int) -> String {
      var frame = Frame(Size(width, 1))
      line.draw(frame.bounds, into: &frame)
      return frame.line(0)
    }
    #expect(text(40) == " state   step 12     loss 0.1        F1")
    #expect(text(30) == " state   loss 0.1          F1")
    #expect(text(19) == " state   loss 0.1")
    #expect(text(12) == " state   F1")
    #expect(text(4) == " sta")
  }
}
