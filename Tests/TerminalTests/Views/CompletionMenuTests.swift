import Sessions
import Testing

@testable import Terminal

/// The list of completions: every candidate can be chosen and is in view then.
struct CompletionMenuTests {
  private let many = (1...50).map { Completion.Candidate("word\($0)", note: "note \($0)") }

  @Test("arrows reach every candidate, in lists that are longer than their room")
  func reach() {
    let size = Size(24, 6)
    var chosen: Int?
    for index in 0..<50 {
      chosen = CompletionView(many, chosen: chosen).moved(down: 1, in: size, glyphs: .unicode)
      #expect(chosen == index)
      let text = CompletionView(many, chosen: chosen).frame(size, glyphs: .unicode).text
      #expect(text.contains("word\(index + 1) "), "\(text)")
    }
    #expect(
      CompletionView(many, chosen: 49).moved(down: 1, in: size, glyphs: .unicode) == 0)
    #expect(CompletionView(many).moved(down: -1, in: size, glyphs: .unicode) == 49)
    #expect(CompletionView([]).moved(down: 1, in: size, glyphs: .unicode) == nil)
  }

  @Test func aListThatIsCutSaysSo() {
    let frame = CompletionView(many, chosen: 20).frame(Size(24, 5), glyphs: .unicode)
    #expect(
      frame.text == """
        word19  note 19
        word20  note 20
        word21  note 21
        word22  note 22
        … 46 more (↑↓)

        """)
    #expect(frame[0, 2].style == Style(.selection, .reverse))
    #expect(frame[0, 1].style == Style(.prompt))
  }

  @Test func columnsAreCrossed() {
    let words = (1...12).map { Completion.Candidate("w\($0)") }
    let size = Size(22, 4)
    func moved(_ from: Int, _ right: Int) -> Int? {
      CompletionView(words, chosen: from).moved(down: 0, right: right, in: size, glyphs: .ascii)
    }
    #expect(moved(0, 1) == 3)
    #expect(moved(3, -1) == 0)
    #expect(moved(1, -1) == 1)
  }

  @Test("the choice goes with the list")
  func state() throws {
    var state = try ScreenFixture.state(.unicode)
    state.completions = many
    state.chosenCompletion = 3
    state.completions = many
    #expect(state.chosenCompletion == 3)
    state.completions = []
    #expect(state.chosenCompletion == nil)
  }

  @Test(arguments: [Size(80, 24), Size(40, 10), Size(120, 40)])
  func screens(size: Size) throws {
    var state = try ScreenFixture.state(.unicode)
    state.completions = many
    for _ in 0..<30 {
      state.chosenCompletion = ScreenView(state, size: size).chosenCompletion(down: 1)
    }
    #expect(state.chosenCompletion == 29)
    let text = ScreenView(state, size: size).frame.text
    #expect(text.contains("word30  note 30"), "\(text)")
  }
}
