import Networks
import Sessions
import Testing

@testable import Terminal

/// The tree pane: columns by width, scrolling, and large networks.
struct TreeViewTests {
  private func tree(_ glyphs: Glyphs = .unicode) throws -> TreeState {
    try ScreenFixture.state(glyphs).tree
  }

  @Test(arguments: [
    (12, ""), (24, ""), (36, "output"), (40, "output"), (48, "output params"),
    (56, "output params"), (80, "output params mul-adds rf ‖g‖"),
    (86, "output params mul-adds rf ‖g‖"),
    (110, "output params mul-adds rf ‖g‖ μ ± σ dead"),
  ])
  func columnsComeWithTheWidth(width: Int, headings: String) throws {
    let view = TreeView(try tree(), width: width)
    #expect(view.headings.map(\.text).joined(separator: " ") == headings)
    #expect(view.headings.allSatisfy { $0.x >= 0 && $0.x < width })
  }

  @Test func columnsKeepTheirPlacesWhileScrollingAndWhileNumbersChange() throws {
    var tree = try tree()
    let before = TreeView(tree, width: 100).headings
    tree.scroll(by: 20, height: 10)
    for id in tree.figures.keys {
      tree.figures[id] = BlockFigures(
        mean: 1e9, deviation: 1e-9, gradientNorm: 1e-20, deadShare: 1)
    }
    #expect(TreeView(tree, width: 100).headings == before)
  }

  @Test func onlyTheRowsInViewAreDrawn() throws {
    var tree = try tree()
    let whole = TreeView(tree, width: 90).frame(height: 100)
    for top in 0..<tree.rows.count {
      tree.scroll(by: top - tree.top, height: 7)
      let part = TreeView(tree, width: 90).frame(height: 7)
      for y in 0..<7 { #expect(part.line(y) == whole.line(tree.top + y)) }
    }
  }

  @Test func tenThousandBlocksScrollToTheirEnd() throws {
    let blocks = (1...10_000).map { ScreenFixture.relu("relu\($0)") }
    let network = try Network(input: Shape([4, 8]), root: ScreenFixture.chain("", blocks))
    var tree = TreeState(Outline(network).rows, glyphs: .unicode)
    tree.scroll(by: 1_000_000, height: 5)
    #expect(
      TreeView(tree, width: 40).frame(height: 5).text == """
           relu9996   relu               4×8   1
           relu9997   relu               4×8   1
           relu9998   relu               4×8   1
           relu9999   relu               4×8   1
           relu10000  relu               4×8   1

        """)
  }

  @Test func deepNestingKeepsTheNameInView() throws {
    var block = ScreenFixture.relu("innermost")
    for level in 1...20 { block = ScreenFixture.chain("level\(level)", [block]) }
    let network = try Network(input: Shape([4, 8]), root: ScreenFixture.chain("", [block]))
    let tree = TreeState(Outline(network).rows, glyphs: .unicode)
    let frame = TreeView(tree, width: 30).frame(height: 30)
    #expect(frame.line(21) == "   …└ innermost   relu     4×8")
    #expect((0..<22).allSatisfy { frame.line($0).count <= 30 })
  }

  @Test func aLongNameIsCutBesideRailsThatFit() throws {
    var block = ScreenFixture.relu("a_name_longer_than_its_column")
    for level in 1...3 { block = ScreenFixture.chain("level\(level)", [block]) }
    let network = try Network(input: Shape([4, 8]), root: ScreenFixture.chain("", [block]))
    let tree = TreeState(Outline(network).rows, glyphs: .unicode)
    let row = try #require(tree.rows.last)
    let rails = row.railText(glyphs: .unicode)
    let line = TreeView(tree, width: 30).frame(height: 30).line(tree.rows.count - 1)
    #expect(line.hasPrefix("   " + rails + "a_name"), "\(line)")
    #expect(line.contains("…  relu"), "\(line)")
  }

  @Test func theSelectionMovesWithinTheRowsAndTheViewFollows() throws {
    var tree = try tree()
    tree.selection = 0
    tree.move(by: -3, height: 10)
    #expect(tree.selection == 0 && tree.top == 0)
    tree.move(by: 12, height: 10)
    #expect(tree.selection == 12 && tree.top == 3)
    tree.move(by: 1000, height: 10)
    #expect(tree.selection == tree.rows.count - 1 && tree.top == tree.rows.count - 10)
    tree.scroll(by: -1000, height: 10)
    #expect(tree.selection == 9 && tree.top == 0)
    tree.replaceRows([])
    #expect(tree.selection == nil && tree.top == 0)
    tree.move(by: 1, height: 10)
    #expect(tree.top == 0)
  }

  @Test func anEditKeepsTheSameBlockSelectedAndInPlace() throws {
    let network = try ScreenFixture.network()
    var tree = TreeState(Outline(network).rows, glyphs: .unicode)
    tree.selection = tree.rows.firstIndex { $0.path == "conv2" }
    tree.scroll(by: 9, height: 6)
    tree.selection = tree.rows.firstIndex { $0.path == "conv2" }
    let first = tree.rows[tree.top].id
    let edited = try Network(
      input: network.input,
      root: network.root.with(
        children: [ScreenFixture.relu("relu0")] + network.root.children))
    tree.replaceRows(Outline(edited).rows)
    #expect(tree.selection.map { tree.rows[$0].path } == "conv2")
    #expect(tree.rows[tree.top].id == first)
  }
}
