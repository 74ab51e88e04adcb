import Testing

@testable import Terminal

/// The grid of cells: clipping, wide characters, composition, and what comes out as text.
struct FrameTests {
  @Test func textIsClippedAtEveryEdge() {
    var frame = Frame(Size(6, 2))
    #expect(frame.write("network", x: 2, y: 0) == 6)
    frame.write("left", x: -2, y: 1)
    frame.write("above", x: 0, y: -1)
    frame.write("below", x: 0, y: 2)
    #expect(frame.text == "  netw\nft\n")
  }

  @Test func aLimitEndsTextBeforeTheEdge() {
    var frame = Frame(Size(8, 1))
    #expect(frame.write("漢字漢字", x: 0, y: 0, limit: 5) == 4)
    frame.write("|", x: 5, y: 0)
    #expect(frame.text == "漢字 |\n")
  }

  @Test func aWideCharacterInTheLastColumnIsDropped() {
    var frame = Frame(Size(3, 1))
    frame.write("a漢字", x: 0, y: 0)
    #expect(frame.text == "a漢\n")
    frame.write("漢", x: 2, y: 0)
    #expect(frame.text == "a\n")
  }

  @Test func overwritingHalfAWideCharacterBlanksTheOther() {
    var frame = Frame(Size(5, 1))
    frame.write("漢字", x: 0, y: 0)
    frame.write("x", x: 1, y: 0)
    #expect(frame.text == " x字\n")
    frame.write("y", x: 2, y: 0)
    #expect(frame.text == " xy\n")
  }

  @Test func pastingClipsAndMendsWideCharacters() {
    var inner = Frame(Size(4, 1))
    inner.write("漢字", x: 0, y: 0)
    inner.cursor = Point(1, 0)
    var frame = Frame(Size(5, 3))
    frame.write("残差残", x: 0, y: 1)
    frame.paste(inner, at: Point(1, 1))
    #expect(frame.text == "\n 漢字\n\n")
    #expect(frame.cursor == Point(2, 1))
    frame.paste(inner, at: Point(-1, 0))
    #expect(frame.line(0) == " 字")
    frame.paste(inner, at: Point(2, 2))
    #expect(frame.line(2) == "  漢")
  }

  @Test(arguments: [
    ("\u{1B}", "\u{FFFD}", 1), ("\r\n", "\u{FFFD}", 1), ("\u{9B}", "\u{FFFD}", 1), ("\t", " ", 1),
    ("\u{202E}", "\u{202E}", 0), ("\u{301}", "\u{301}", 0), ("e\u{301}", "e\u{301}", 1),
    ("👩‍👩‍👧", "👩", 2), ("❤️", "❤", 1), ("🇩🇪", "🇩🇪", 2), ("👍🏽", "👍", 2),
  ])
  func charactersAreReducedToWhatACellHolds(text: String, drawn: String, columns: Int) throws {
    let character = try #require(text.first)
    let (result, width) = Frame.drawable(character)
    #expect(Array(String(result).unicodeScalars) == Array(drawn.unicodeScalars))
    #expect(width == columns)
  }

  @Test func runsCoverTheRowAndSetWideCharactersApart() {
    var frame = Frame(Size(9, 1))
    frame.write("ab", x: 0, y: 0, style: .faint)
    frame.write("c漢d", x: 2, y: 0)
    #expect(
      frame.runs(0) == [
        Frame.Run(x: 0, text: "ab", style: .faint), Frame.Run(x: 2, text: "c", style: .plain),
        Frame.Run(x: 3, text: "漢", style: .plain), Frame.Run(x: 5, text: "d   ", style: .plain),
      ])
  }

  @Test func anyDrawingLeavesEveryRowAsWideAsTheFrame() {
    var random = SeededGenerator(seed: 7)
    let pieces = ["a", "漢", "字幕", "e\u{301}x", "👩‍👩‍👧", "│", "\u{1B}[31m", "한글", "\u{200B}"]
    var frame = Frame(Size(11, 4))
    for _ in 0..<4000 {
      let x = Int.random(in: -3...12, using: &random)
      let y = Int.random(in: -1...4, using: &random)
      if Int.random(in: 0..<6, using: &random) == 0 {
        var other = Frame(Size(Int.random(in: 0...7, using: &random), 2))
        other.write(pieces.randomElement(using: &random) ?? "", x: 1, y: 0)
        frame.paste(other, at: Point(x, y))
      } else {
        frame.write(pieces.randomElement(using: &random) ?? "", x: x, y: y)
      }
      for row in 0..<frame.height {
        var column = 0
        while column < frame.width {
          let width = Int(frame[column, row].width)
          #expect(width == 1 || (width == 2 && column + 1 < frame.width))
          if width == 2 { #expect(frame[column + 1, row].width == 0) }
          column += max(1, width)
        }
        #expect(column == frame.width)
      }
    }
  }

  @Test func emptyFramesTakeAnything() {
    var frame = Frame(Size(0, -3))
    frame.write("x", x: 0, y: 0)
    frame.fill(Rectangle(x: -1, y: -1, width: 5, height: 5), with: "x")
    frame.paste(Frame(Size(2, 2)), at: Point(0, 0))
    #expect(frame.text == "")
  }
}
