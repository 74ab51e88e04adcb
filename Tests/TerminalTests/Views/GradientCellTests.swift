import Networks
import Sessions
import Testing

@testable import Terminal

/// Norms of gradients in the tree: numbers, colours, bars and the copies of repeats.
struct GradientCellTests {
  @Test(arguments: [
    (0, "0"), (1e-12, "1e-12"), (3e-7, "3e-7"), (9.7e-5, "1e-4"), (1e-4, "1e-4"), (0.0042, "4e-3"),
    (0.00996, "1e-2"), (0.023, "0.023"), (0.5, "0.50"), (3.21, "3.2"), (12, "12"), (998, "998"),
    (1234, "1e3"), (2e20, "2e20"),
  ])
  func numbers(norm: Double, text: String) {
    #expect(GradientCell.text(norm) == text)
    #expect(text.count <= 5)
  }

  @Test func coloursAreOrdersOfMagnitude() {
    let styles = [1e3, 20, 0.5, 1e-3, 1e-5, 1e-8, 0].map { GradientCell.style(of: $0) }
    let roles: [Role] = [.bad, .warning, .good, .series0, .series3, .faint, .faint]
    #expect(styles == roles.map { Style($0) })
  }

  private func tree(_ glyphs: Glyphs = .unicode) throws -> TreeState {
    var tree = try ScreenFixture.state(glyphs).tree
    tree.figures = [:]
    return tree
  }

  @Test func barsGrowWithTheLogarithmOfTheNorm() throws {
    var tree = try tree()
    let rows = tree.rows.filter { $0.family == .convolution && $0.part == .block }
    for (row, norm) in zip(rows, [1e-3, 1e-2, 1e-1, 1, 0]) {
      tree.figures[row.id] = BlockFigures(gradientNorm: norm)
    }
    let wide = rows.prefix(5).map { GradientCell($0, tree).line(width: 12).text }
    #expect(wide == ["1e-3  ▆", "0.010 ▆▆▆", "0.10  ▆▆▆▆", "1.0   ▆▆▆▆▆▆", "0     "])
    let narrow = rows.prefix(5).map { GradientCell($0, tree).line(width: 5).text }
    #expect(narrow == ["1e-3", "0.010", "0.10", "1.0", "0"])
  }

  @Test("a repeat shows its copies, a frozen block a dash, a bad norm its name")
  func specialRows() throws {
    var tree = try tree()
    let stage = try #require(tree.rows.first { $0.path == "stage1" })
    let convolution = try #require(tree.rows.first { $0.path == "conv1" })
    let relu = try #require(tree.rows.first { $0.path == "relu1" })
    let norms = [1, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-6]
    var figures = BlockFigures(gradientNorm: 1)
    figures.copyNorms = norms
    tree.figures[stage.id] = figures
    #expect(GradientCell(stage, tree).line(width: 12).text == "1.0   █▇▆▅▃▂")
    #expect(GradientCell(stage, tree).line(width: 5).text == "█▇▅▃▂")
    #expect(GradientCell(convolution, tree).line(width: 5).text == "–")
    #expect(GradientCell(relu, tree).line(width: 5).text == "")
    tree.figures[stage.id]?.copyNorms = [.nan, 1]
    #expect(GradientCell(stage, tree).line(width: 5).text == "!█")
    tree.figures[convolution.id] = BlockFigures(gradientNorm: .infinity)
    #expect(GradientCell(convolution, tree).line(width: 5).text == "inf")
  }

  @Test func theShortcutOfAResidualBlockStandsAtItsJoin() throws {
    var tree = try tree(.ascii)
    let join = try #require(tree.rows.last { $0.path == "res1.shortcut" })
    var figures = BlockFigures(gradientNorm: 3)
    figures.shortcutNorm = 0.25
    tree.figures[join.id] = figures
    #expect(GradientCell(join, tree).line(width: 12).text == "0.25  ===")
  }
}
