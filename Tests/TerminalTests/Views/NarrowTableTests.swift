import Sessions
import Testing

@testable import Terminal

/// Answers set in columns where their pane is narrower than they are.
struct NarrowTableTests {
  private static let hint = "F3 shows all of it"

  private func table() -> [StyledText] {
    var table = TextTable([("block", .leading), ("kind", .leading), ("mean", .trailing)])
    for (name, mean) in [("conv1", "-0.0123"), ("stage1.res1", "0.5")] {
      table.append([StyledText(name, .typable), "conv 16 3", StyledText(mean)])
    }
    return table.lines
  }

  private func transcript(_ glyphs: Glyphs = .unicode) -> Transcript {
    let answer = ["32 train examples, with the batch's statistics"] + table() + ["done"]
    return Transcript(answer.map { StyledLine($0) }, glyphs: glyphs)
  }

  @Test(
    "table lines are cut at the edge, prose wraps",
    arguments: [
      (
        31,
        """
        32 train examples, with the
          batch's statistics
        block        kind          mean
        conv1        conv 16 3  -0.0123
        stage1.res1  conv 16 3      0.5
        done

        """
      ),
      (
        30,
        """
        32 train examples, with the
          batch's statistics
        block        kind          me…
        conv1        conv 16 3  -0.01…
        stage1.res1  conv 16 3      0…
        F3 shows all of it
        done

        """
      ),
      (
        16,
        """
        32 train
          examples, with
          the batch's
          statistics
        block        ki…
        conv1        co…
        stage1.res1  co…
        F3 shows all of…
        done

        """
      ),
    ])
  func cutting(width: Int, text: String) {
    let height = text.split(separator: "\n").count
    let frame = transcript().frame(Size(width, height), whole: Self.hint)
    #expect(frame.text == text)
  }

  @Test func withoutTheHintTheyWrap() {
    let frame = transcript().frame(Size(26, 8))
    #expect(
      frame.text == """
          the batch's statistics
        block        kind
          mean
        conv1        conv 16 3
          -0.0123
        stage1.res1  conv 16 3
          0.5
        done

        """)
  }

  @Test func theCutIsAlsoSpelledInASCII() {
    let frame = transcript(.ascii).frame(Size(26, 5), whole: Self.hint)
    #expect(
      frame.text == """
        block        kind        ~
        conv1        conv 16 3  -~
        stage1.res1  conv 16 3   ~
        F3 shows all of it
        done

        """)
  }

  @Test(arguments: [(0, ""), (1, "…"), (2, "…"), (3, "漢…"), (4, "漢…"), (5, "漢字a")])
  func cuttingALine(width: Int, text: String) {
    #expect(StyledLine("漢字a").cut(to: width, ellipsis: "…").text == text)
  }

  @Test func scrollingCountsTheRowsOfTheCut() {
    var transcript = transcript()
    let size = Size(30, 3)
    transcript.scroll(by: 100, size: size, cutsTables: true)
    #expect(transcript.offset == 4)
    #expect(transcript.frame(size, whole: Self.hint).line(2) == "block        kind          me…")
    transcript.setWidth(60)
    #expect(transcript.offset == 3)
    #expect(
      transcript.frame(Size(60, 2)).text == """
        32 train examples, with the batch's statistics
        block        kind          mean

        """)
  }

  @Test("F3 shows the answers alone where they are cut, and the tree otherwise")
  func zooming() throws {
    var state = try ScreenFixture.state(.unicode)
    let size = Size(80, 24)
    #expect(state.paneToZoom(size) == .tree)
    state.transcript.append(table().map { StyledLine($0) })
    #expect(state.paneToZoom(size) == .transcript)
    #expect(state.paneToZoom(Size(140, 40)) == .tree)
    let narrow = ScreenView(state, size: size).frame.text
    #expect(narrow.contains("│ stage1.res1  conv 16 3 … │"), "\(narrow)")
    #expect(narrow.contains("│ F3 shows all of it       │"), "\(narrow)")
    state.focus = .tree
    #expect(ScreenView(state, size: size).frame.text.contains("Esc, then F3 shows all"))
    state.focus = state.paneToZoom(size)
    state.isZoomed = true
    let whole = ScreenView(state, size: size).frame.text
    #expect(whole.contains("│ conv1        conv 16 3  -0.0123  "), "\(whole)")
    #expect(!whole.contains("F3 shows"))
  }

  @Test("a screen without panes wraps tables, as nothing can be zoomed there")
  func withoutPanes() throws {
    var state = try ScreenFixture.state(.unicode)
    state.transcript.append(table().map { StyledLine($0) })
    let text = ScreenView(state, size: Size(24, 9)).frame.text
    #expect(!text.contains("F3"), "\(text)")
    #expect(text.contains("0.5"), "\(text)")
  }
}
