import Sessions
import Testing

@testable import Terminal

/// Texts that are read from their first line on, and signs of what an answer has above the view.
struct PageTests {
  private static let size = Size(80, 24)

  /// A screen after a command whose answer ends with a page of so many lines.
  private func state(answer: Int, page: Int) throws -> ScreenState {
    var state = try ScreenFixture.state(.unicode)
    state.beginAnswer(Self.size)
    state.transcript.append([StyledLine("› train 8")])
    state.transcript.append((0..<answer).map { StyledLine("epoch \($0)") })
    state.transcript.beginPage()
    state.transcript.append((0..<page).map { StyledLine("text \($0)") })
    return state
  }

  private func text(_ state: ScreenState) -> String {
    ScreenView(state, size: Self.size).frame.text
  }

  @Test("a page behind a run begins at its first line, with the chart in view")
  func behindRun() throws {
    var state = try state(answer: 12, page: 20)
    state.openPage(Self.size)
    let found = text(state)
    #expect(found.contains("─ loss ─") && found.contains("text 0 "), "\(found)")
    #expect(found.contains("↑ 13 more") && found.contains("↓ 12 more"), "\(found)")
    #expect(!found.contains("text 19") && state.readsOn)
  }

  @Test("a page behind an edit begins at its first line, too")
  func behindEdit() throws {
    var state = try state(answer: 3, page: 40)
    state.openAnswer(Self.size, keepsTree: true)
    let found = text(state)
    #expect(found.contains("text 0 ") && !found.contains("text 39"), "\(found)")
  }

  @Test("a page that fits is shown whole, and nothing is left to scroll")
  func whole() throws {
    var state = try state(answer: 12, page: 3)
    state.openPage(Self.size)
    #expect(text(state).contains("text 0 ") && text(state).contains("text 2 "))
    #expect(!state.readsOn)
  }

  @Test("an answer that is cut at its head says how much there is above")
  func above() throws {
    var state = try ScreenFixture.state(.unicode)
    state.beginAnswer(Self.size)
    state.transcript.append([StyledLine("› train 30")])
    #expect(!text(state).contains("↑"))
    state.transcript.append((0..<20).map { StyledLine("epoch \($0)") })
    #expect(text(state).contains("↑ 13 more"), "\(text(state))")
  }

  @Test("the title gives up its fields in one order")
  func title() {
    let facts = TitleFacts(
      network: "plain", shapes: "1×8×8 → 10", parameters: 66_714, multiplyAdds: 1_000_000,
      data: "digits 1,437 + 360", optimizer: "sgd lr 0.1", device: "2 cores")
    let order = ["plain", "10", "parameters", "digits", "sgd", "multiply", "cores", "espalier"]
    for width in 20...160 {
      var frame = Frame(Size(width, 1))
      facts.line(glyphs: .unicode).draw(frame.bounds, into: &frame)
      let shown = order.map { frame.line(0).contains($0) }
      #expect(shown == shown.sorted { $0 && !$1 }, "\(width): \(frame.line(0))")
    }
  }
}
