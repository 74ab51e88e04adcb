import Networks
import Testing

@testable import Sessions
@testable import Terminal

/// The column `time` of the tree: each block's part of a training step.
struct TimeColumnTests {
  private final class Quiet: Console {
    func show(_ report: Report) {}
    func waitForRun() {}
  }

  @Test("shares are percentages, for containers too, and at a join what is the container's own")
  func cells() throws {
    let session = Session()
    session.run(
      Source(
        "input 3x8x8; add conv2d 4 3; residual { conv2d 4 3; bn }; add relu; add gap", from: .prompt
      ),
      on: Quiet())
    let network = try #require(session.overview.network)
    func id(_ path: String) throws -> BlockID { try network.block(at: path).block.id }
    var tree = TreeState(session.overview.rows, glyphs: .unicode)
    #expect(!TreeView(tree, width: 100).headings.map(\.text).contains("time"))
    let steps: [BlockID: Double] = [
      try id("conv1"): 0.3, try id("res1.body.conv1"): 0.2, try id("res1.body.bn1"): 0.051,
      try id("res1"): 0.005, try id("relu1"): 0.0004,
    ]
    tree.times = TimeShares(steps, in: network)
    #expect(TreeView(tree, width: 100).headings.map(\.text).contains("time"))
    let cells = tree.rows.map { row in
      "\(row.name) \(TreeColumn.time.text(row, tree, width: 5).text)"
    }
    #expect(
      cells == [
        "input ", "conv1 30 %", "res1 26 %", "conv1 20 %", "bn1 5.1 %", "identity 0.5 %",
        "relu1 0.0 %", "gap1 ",
      ])
  }

  @Test("while a run goes on it is that of the run's steps, once plan was asked")
  func live() {
    let session = Session()
    let console = Quiet()
    var mirror = SessionMirror()
    var state = ScreenState(glyphs: .unicode, prompt: PromptLine(prompt: StyledLine("main › ")))
    var now = ContinuousClock.now
    func run(_ text: String) {
      session.run(Source(text, from: .prompt), on: console)
      now += .seconds(1)
      mirror.update(&state, from: session, now: now)
    }
    run("data moons count=64; add dense 8; add relu; add dense 2")
    run("train 1000000")
    run("pause; step 2")
    run("step 2")
    #expect(state.tree.times == nil && session.liveTimes == nil)
    run("plan steps=2")
    let first = state.tree.times
    #expect(first != nil)
    run("step 2")
    #expect(session.liveTimes?.count == 1)
    #expect(state.tree.times != nil && state.tree.times != first)
    run("insert dense 4 after relu1")
    #expect(state.tree.times == nil)
    run("step 2")
    #expect(state.tree.times?.blocks.count == 4)
    run("stop")
    #expect(state.tree.times?.blocks.count == 4)
    run("remove relu1")
    #expect(state.tree.times == nil)
  }

  @Test("plan fills it until the blocks change; undo brings it back")
  func mirror() {
    let session = Session()
    let console = Quiet()
    var mirror = SessionMirror()
    var state = ScreenState(glyphs: .unicode, prompt: PromptLine(prompt: StyledLine("main › ")))
    func run(_ text: String) {
      session.run(Source(text, from: .prompt), on: console)
      mirror.update(&state, from: session, now: ContinuousClock().now)
    }
    run("input 4; add dense 4; add relu; add dense 2")
    #expect(state.tree.times == nil)
    run("plan steps=2")
    #expect((state.tree.times?.blocks.values.max() ?? 0) > 0)
    run("add relu")
    #expect(state.tree.times == nil)
    run("undo")
    #expect(state.tree.times != nil)
    run("net other; input 3")
    #expect(state.tree.times == nil)
  }
}
