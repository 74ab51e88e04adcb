import Networks
import Sessions
import Testing

@testable import Terminal

/// Whole screens as text: sizes, glyphs, and every state the user can bring them into.
struct ScreenTests {
  @Test(arguments: [
    Size(200, 60), Size(140, 40), Size(120, 32), Size(100, 12), Size(80, 24), Size(60, 24),
    Size(50, 40), Size(40, 10), Size(30, 8), Size(20, 3), Size(12, 1),
  ])
  func sizes(size: Size) throws {
    let frame = ScreenView(try ScreenFixture.state(.unicode), size: size).frame
    try ExpectedScreen.check(frame, "training-\(size.width)x\(size.height)")
  }

  @Test(arguments: [Size(120, 32), Size(80, 24), Size(40, 10)])
  func asciiSizes(size: Size) throws {
    let frame = ScreenView(try ScreenFixture.state(.ascii), size: size).frame
    #expect(frame.text.utf8.allSatisfy { $0 < 0x80 })
    try ExpectedScreen.check(frame, "training-\(size.width)x\(size.height)-ascii")
  }

  @Test func theFirstScreen() throws {
    var state = ScreenState(glyphs: .unicode, prompt: PromptLine(prompt: "› "))
    state.transcript.append(["Espalier. F1 shows the keys, help the commands."])
    try ExpectedScreen.check(ScreenView(state, size: Size(100, 24)).frame, "first-100x24")
  }

  @Test func help() throws {
    var state = try ScreenFixture.state(.unicode)
    state.showsHelp = true
    try ExpectedScreen.check(ScreenView(state, size: Size(120, 32)).frame, "help-120x32")
    try ExpectedScreen.check(ScreenView(state, size: Size(50, 16)).frame, "help-50x16")
  }

  @Test func completionsTakeThePlaceOfTheAnswers() throws {
    var state = try ScreenFixture.state(.unicode)
    state.prompt.text = "add conv 16 3 "
    state.prompt.cursor = 14
    state.completions = [
      .init("stride=", note: "1"), .init("pad=", note: "same"), .init("dilation=", note: "1"),
      .init("groups=", note: "1"), .init("bias=", note: "yes"), .init("act=", note: "none"),
    ]
    state.hint = HintLine(
      signature: StyledLine("conv CHANNELS KERNEL stride=1 pad=same dilation=1", .faint),
      outcome: .refusal("conv needs channels × length or height × width, not 10"))
    try ExpectedScreen.check(ScreenView(state, size: Size(120, 32)).frame, "completions-120x32")
    state.completions = (1...40).map { .init("rep1.\($0).conv1") }
    try ExpectedScreen.check(ScreenView(state, size: Size(60, 12)).frame, "completions-60x12")
  }

  @Test func theFocusedTreeShowsItsSelectionAndCanBeAlone() throws {
    var state = try ScreenFixture.state(.unicode)
    state.focus = .tree
    state.tree.selection = state.tree.rows.count - 1
    state.tree.reveal(height: 18)
    let frame = ScreenView(state, size: Size(80, 24)).frame
    try ExpectedScreen.check(frame, "focus-tree-80x24")
    let selected = frame.height - 5
    #expect(frame[4, selected].style == Style(.selection, .reverse))
    #expect(frame[4, selected - 1].style.role != .selection)
    #expect(frame[0, 5].style == Style(.focus))
    state.isZoomed = true
    try ExpectedScreen.check(ScreenView(state, size: Size(80, 24)).frame, "zoom-tree-80x24")
  }

  @Test func theFocusedChartIsShownWhereThereIsRoomForOnePane() throws {
    var state = try ScreenFixture.state(.unicode)
    state.focus = .chart
    state.loss.scale = .logarithmic
    try ExpectedScreen.check(ScreenView(state, size: Size(48, 14)).frame, "focus-chart-48x14")
  }

  @Test func answersScrolledBackSayHowManyLieBelow() throws {
    var state = try ScreenFixture.state(.unicode)
    state.transcript.append((1...40).map { StyledLine("line \($0)") })
    state.focus = .transcript
    let place = try #require(state.arrangement(Size(80, 24)).place(of: .transcript))
    let area = Size(place.inner.width - 2, place.inner.height)
    state.transcript.scroll(by: 15, size: area)
    try ExpectedScreen.check(ScreenView(state, size: Size(80, 24)).frame, "back-80x24")
  }

  @Test func blocksWithBadNumbersAndChangedBlocksStandOut() throws {
    var state = try ScreenFixture.state(.unicode)
    let row = try #require(state.tree.rows.first { $0.path == "res1.body.conv2" })
    state.tree.figures[row.id] = BlockFigures(
      mean: .nan, deviation: 1, gradientNorm: .infinity)
    state.status.loss = .nan
    state.status.activity = .diverged
    let changed = try #require(state.tree.rows.first { $0.path == "conv2" })
    state.tree.changed = [changed.id]
    let frame = ScreenView(state, size: Size(140, 40)).frame
    try ExpectedScreen.check(frame, "diverged-140x40")
    let badRow = try #require((0..<frame.height).first { frame.line($0).hasPrefix("│!") })
    #expect(frame[1, badRow].style == Style(.bad, .bold))
    let changedRow = try #require(
      (0..<frame.height).first {
        frame.line($0).contains("  conv2 ") && frame.line($0).hasPrefix("│▎")
      })
    #expect(frame[10, changedRow].style == Style(.changed, .reverse))
  }

  @Test func aBlockTypedOverSeveralLinesStandsAboveThePrompt() throws {
    var state = try ScreenFixture.state(.unicode)
    state.prompt.earlier = [
      StyledLine("residual ✱ 0.122 › ", Style(.prompt, .bold)) + "def CNN1D channels kernel {",
      StyledLine("                 … ", Style(.prompt, .bold)) + "conv $channels $kernel; bn",
    ]
    state.prompt.prompt = StyledLine("                 … ", Style(.prompt, .bold))
    state.prompt.shortPrompt = nil
    state.prompt.text = "relu }"
    state.prompt.cursor = 4
    let frame = ScreenView(state, size: Size(80, 24)).frame
    try ExpectedScreen.check(frame, "block-80x24")
    #expect(frame.cursor == Point(24, 22))
  }

  @Test func everySizeDrawsWithoutHarmAndKeepsTheCursorInside() throws {
    let state = try ScreenFixture.state(.unicode)
    for width in [0, 1, 2, 3, 5, 8, 13, 21, 39, 40, 41, 63, 64, 65, 99, 100, 101, 199, 201] {
      for height in [0, 1, 2, 3, 4, 5, 7, 9, 10, 11, 13, 14, 15, 17, 18, 25, 26, 27, 61] {
        let frame = ScreenView(state, size: Size(width, height)).frame
        guard width > 0, height > 0 else { continue }
        let cursor = try #require(frame.cursor)
        #expect(frame.bounds.contains(cursor), "\(width)×\(height)")
      }
    }
  }
}
