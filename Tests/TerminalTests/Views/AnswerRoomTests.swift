import Sessions
import Testing

@testable import Terminal

/// Answers that need more room than their pane has, on screens of several sizes.
struct AnswerRoomTests {
  private static let sizes = [Size(80, 24), Size(40, 10), Size(120, 40)]

  /// A screen after a command that has answered so many lines, the first row of which is the command.
  private func state(_ lines: [StyledLine], _ size: Size) throws -> ScreenState {
    var state = try ScreenFixture.state(.unicode)
    state.beginAnswer(size)
    state.transcript.append([StyledLine("› command")] + lines)
    state.openAnswer(size)
    return state
  }

  private func lines(_ count: Int) -> [StyledLine] { (1...count).map { StyledLine("line \($0)") } }

  private func table(width: Int) -> [StyledLine] {
    ["name", "conv1"].map { name in
      var line = StyledLine(name + String(repeating: ".", count: width - name.count - 1) + "!")
      line.isSetInColumns = true
      return line
    }
  }

  @Test("a short answer stays in its pane", arguments: sizes)
  func short(size: Size) throws {
    let state = try state(lines(1), size)
    #expect(state.opening == .pane)
    #expect(!state.coversPanes)
  }

  @Test("an answer that fits the right half takes that alone", arguments: [Size(80, 24)])
  func column(size: Size) throws {
    let state = try state(lines(14), size)
    #expect(state.opening == .column)
    let arrangement = state.arrangement(size)
    #expect(arrangement.places.map(\.pane) == [.tree, .transcript])
    try ExpectedScreen.check(ScreenView(state, size: size).frame, "answer-column-80x24")
  }

  @Test("a long answer takes the body and begins at its first line", arguments: sizes)
  func long(size: Size) throws {
    var state = try state(lines(60), size)
    #expect(state.opening == .body)
    #expect(state.arrangement(size).places.map(\.pane) == [.transcript])
    let frame = ScreenView(state, size: size).frame
    try ExpectedScreen.check(frame, "answer-long-\(size.width)x\(size.height)")
    let text = frame.text
    #expect(text.contains("› command") && text.contains("line 1 ") && text.contains("PgDn ↓"))
    state.closeAnswer(size)
    let closed = ScreenView(state, size: size).frame.text
    #expect(closed.contains("› command") && closed.contains("─ network"), "\(closed)")
    #expect(!closed.contains("any key closes"))
  }

  @Test("a table as wide as the screen is shown whole", arguments: [(80, 24), (40, 10), (120, 40)])
  func wide(width: Int, height: Int) throws {
    let size = Size(width, height)
    let text = ScreenView(try state(table(width: width - 4), size), size: size).frame.text
    #expect(text.contains(".!") && !text.contains("F3"), "\(text)")
  }

  @Test("the right half grows where the tree has room")
  func growing() throws {
    let size = Size(120, 40)
    var state = try state(table(width: 50), size)
    #expect(state.opening == .wide)
    #expect(ScreenView(state, size: size).frame.text.contains(".!"))
    #expect(state.arrangement(size).place(of: .transcript)?.inner.width == 52)
    #expect(state.arrangement(size).place(of: .chart)?.inner.width == 52)
    state.beginAnswer(size)
    #expect(state.arrangement(size).place(of: .transcript)?.inner.width == 41)
  }

  @Test("what comes later is followed, unless the answer still covers panes")
  func later() throws {
    let size = Size(80, 24)
    var state = try state(lines(60), size)
    let first = state.transcript.offset
    state.transcript.append(lines(2))
    #expect(state.transcript.offset == first + 2)
    state.closeAnswer(size)
    state.transcript.leaveAnswer()
    #expect(state.transcript.offset == 0)
    state.transcript.scroll(by: 3, size: Size(26, 8))
    state.transcript.leaveAnswer()
    #expect(state.transcript.offset == 3)
  }

  @Test("a chart without curves leaves its rows to the answers")
  func withoutCurves() throws {
    let size = Size(80, 24)
    var state = try state(lines(10), size)
    state.loss = Chart()
    state.openAnswer(size)
    #expect(state.opening == .pane)
    #expect(state.arrangement(size).place(of: .chart)?.inner.height == 1)
    try ExpectedScreen.check(ScreenView(state, size: size).frame, "answer-first-80x24")
  }

  @Test("screens without panes show the end of an answer's first rows as they can")
  func tiny() throws {
    let state = try state(lines(60), Size(30, 8))
    #expect(state.opening == .pane)
    #expect(ScreenView(state, size: Size(30, 8)).frame.text.contains("› command"))
  }
}
