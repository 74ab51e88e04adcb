import Sessions
import Testing

@testable import Terminal

/// Which curves a screen shows of a session, and how far.
struct ShownCurveTests {
  private final class Quiet: Console {
    func show(_ report: Report) {}
    func waitForRun() {}
  }

  private let session = Session()
  private let console = Quiet()
  private var mirror = SessionMirror()
  private var state = ScreenState(
    glyphs: .unicode, prompt: PromptLine(prompt: StyledLine("main › ")))

  private mutating func run(_ text: String) {
    session.run(Source(text, from: .file("x")), on: console)
    mirror.update(&state, from: session, now: ContinuousClock().now)
  }

  private static let start = "data moons count=40; add dense 4; add relu; add dense 2"

  @Test("undo of a run takes its curve along, and redo brings it back")
  mutating func undo() {
    run(Self.start)
    run("train 3")
    let first = state.loss.curves[0].training.extent
    #expect(first != nil)
    run("train 3")
    #expect((state.loss.curves[0].training.extent?.upperBound ?? 0) > (first?.upperBound ?? 0))
    run("undo")
    #expect(state.loss.curves[0].training.extent == first)
    run("undo")
    #expect(state.loss.curves.isEmpty)
    run("redo")
    #expect(state.loss.curves[0].training.extent == first)
  }

  @Test("undo of a run takes the figures of its gradients along")
  mutating func figures() {
    run(Self.start + "; train 2; gradients")
    #expect(state.tree.figures.values.contains { $0.gradientNorm != nil })
    run("undo")
    #expect(state.tree.figures.isEmpty)
  }

  @Test("networks of the last run come first, and far longer ones do not set the axis")
  mutating func standing() {
    run(Self.start + "; fork new; net main; train 60; net new; train 2")
    let curves = state.loss.ranked
    #expect(curves.map(\.name) == ["new", "main"])
    #expect(curves.map(\.standing) == [.learning, .other])
    let own = curves[0].training.extent?.upperBound ?? 0
    #expect((state.loss.span?.upperBound ?? Int.max) <= max(2 * own, 10))
    run("net main")
    #expect(state.loss.ranked.map(\.standing) == [.learning, .current])
  }

  @Test("a lesson shows the curves of its own networks only")
  mutating func lesson() {
    run(Self.start + "; train 2")
    #expect(state.loss.curves.map(\.name) == ["main"])
    run("lesson 1")
    #expect(state.loss.curves.isEmpty)
    run("lesson stop")
    #expect(state.loss.curves.map(\.name) == ["main"])
  }

  @Test("there is a surface to show for two inputs only")
  mutating func surface() {
    run(Self.start)
    #expect(state.offersSurface)
    state.showsSurface = true
    #expect(state.drawsSurface)
    run("data digits")
    #expect(!state.offersSurface && !state.drawsSurface)
    state.focus = .chart
    #expect(!state.keys.contains { $0.key == "s" })
  }
}
