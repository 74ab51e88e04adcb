import Foundation
import Sessions
import Testing

@testable import Terminal

/// The surface in the place of the chart, and the screen as a picture.
struct SurfaceViewTests {
  private final class Quiet: Console {
    func show(_ report: Report) {}
    func waitForRun() {}
  }

  private func watched(_ text: String) -> DecisionSurface? {
    let session = Session()
    let console = Quiet()
    session.run(Source(text, from: .file("x")), on: console)
    for _ in 0..<500 {
      if let surface = session.watchedSurface(columns: 20, rows: 6) { return surface }
      Thread.sleep(forTimeInterval: 0.01)
    }
    return nil
  }

  @Test("what is missing is said until there is a surface")
  func missing() {
    let frame = SurfaceView(surface: nil, hasColours: true, glyphs: .unicode).frame(Size(26, 4))
    #expect(
      (0..<4).map { frame.line($0) } == [
        " no surface yet: it needs", " data of two inputs", " and classes", "",
      ])
  }

  @Test("a surface fills its cells, in colours or in letters")
  func cells() throws {
    let surface = try #require(watched("data moons count=40; add dense 2; train 3"))
    for hasColours in [true, false] {
      let view = SurfaceView(surface: surface, hasColours: hasColours, glyphs: .unicode)
      let lines = (0..<6).map { view.frame(Size(20, 6)).line($0) }
      #expect(lines.allSatisfy { $0.count == 20 }, "\(lines)")
      #expect(lines.joined().contains(hasColours ? "●" : "A"))
    }
    let ascii = SurfaceView(surface: surface, hasColours: true, glyphs: .ascii)
    let text = (0..<6).map { ascii.frame(Size(20, 6)).line($0) }.joined()
    #expect(!text.contains { !$0.isASCII })
  }

  @Test("the chart's pane shows it in place of the curves")
  func pane() {
    var state = ScreenState(
      glyphs: .unicode, prompt: PromptLine(prompt: StyledLine("main › ")))
    state.showsSurface = true
    let frame = ScreenView(state, size: Size(100, 30)).frame
    let text = (0..<30).map { frame.line($0) }.joined(separator: "\n")
    #expect(text.contains("─ surface ─") && text.contains("no surface yet"))
    #expect(!text.contains("no curve yet"))
  }

  @Test("a picture of a frame has letters as text, and dots, blocks and lines as shapes")
  func picture() {
    var frame = Frame(Size(8, 2))
    frame.write("a<b─⣿█▓", x: 0, y: 0)
    frame.write("│▄", x: 0, y: 1, style: .border)
    let svg = FrameSVG.text(of: frame)
    #expect(svg.contains(">a&lt;b</text>"))
    #expect(svg.components(separatedBy: "<path ").count - 1 == 6)
    #expect(svg.contains("opacity=\"0.75\""))
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
  }
}
