import Sessions
import Terminal
import Testing

/// Styles as control sequences, and as none.
@Suite struct AnsiStyleTests {
  private static let line =
    StyledText("plain ") + StyledText("bad", .bad) + StyledText(" conv", .kind(.convolution))
    + StyledText(" dim", .dim)

  @Test(arguments: [
    (AnsiStyle.bare, "plain bad conv dim"),
    (.palette(.none), "plain \u{1B}[1mbad\u{1B}[0m conv\u{1B}[2m dim\u{1B}[0m"),
    (
      .palette(.colours8),
      "plain \u{1B}[31mbad\u{1B}[0m\u{1B}[34m conv\u{1B}[0m\u{1B}[2m dim\u{1B}[0m"
    ),
    (
      .palette(.colours256),
      "plain \u{1B}[38;5;203mbad\u{1B}[0m\u{1B}[38;5;75m conv\u{1B}[0m"
        + "\u{1B}[38;5;245m dim\u{1B}[0m"
    ),
  ])
  func wrapsStretchesThatHaveALook(style: AnsiStyle, text: String) {
    #expect(style.text(Self.line) == text)
  }

  @Test func marksControlSequencesForReadline() {
    let prompt = StyledText("net", .emphasis) + StyledText(" › ")
    #expect(AnsiStyle.bare.prompt(prompt) == "net › ")
    #expect(
      AnsiStyle.palette(.none).prompt(prompt)
        == "\u{1}\u{1B}[1m\u{2}net\u{1}\u{1B}[0m\u{2} › ")
  }

  @Test func writesFramesRowByRow() {
    var frame = Frame(Size(12, 4))
    frame.write("relu", x: 0, y: 0)
    frame.write("bad", x: 6, y: 0, style: Style(.bad))
    frame.write("x", x: 2, y: 2)
    #expect(AnsiStyle.bare.lines(frame) == ["relu  bad", "", "  x"])
    #expect(
      AnsiStyle.palette(.colours8).lines(frame) == ["relu  \u{1B}[31mbad\u{1B}[0m", "", "  x"])
    #expect(AnsiStyle.bare.lines(Frame(Size(5, 3))) == [])
  }

  @Test func terminalsKnowEveryCode() {
    let roles: [TextRole] =
      [.plain, .emphasis, .dim, .good, .bad, .warning, .typable]
      + KindFamily.allCases.map(TextRole.kind)
    for palette in Palette.allCases {
      for role in roles {
        var screen = Emulator()
        screen.feed(AnsiStyle.palette(palette).text(StyledText("x", role)).utf8)
        #expect(screen.unknown == [])
        #expect(screen.text == "x")
        #expect(screen.style == Emulator.Style())
      }
    }
  }
}
