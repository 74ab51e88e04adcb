import Terminal
import Testing

/// The line on a terminal that cannot go up a row.
@Suite struct OneLineTests {
  /// What a row shows after texts were written to it, and the column of the cursor.
  private func row(_ written: [String]) -> (String, Int) {
    var cells: [Character] = []
    var column = 0
    for character in written.joined() {
      switch character {
      case "\r": column = 0
      case "\u{8}": column -= 1
      default:
        while cells.count <= column { cells.append(" ") }
        cells[column] = character
        column += 1
      }
    }
    while cells.last == " " { cells.removeLast() }
    return (String(cells), column)
  }

  @Test func showsTheWholeLineWhereItFits() {
    var line = OneLine()
    let first = line.show(prompt: "main › ", text: "ab", column: 2, width: 20)
    #expect(first == "main › ab")
    let more = line.show(prompt: "main › ", text: "abc", column: 3, width: 20)
    #expect(more == "c")
    let less = line.show(prompt: "main › ", text: "a", column: 0, width: 20)
    #expect(less == "\rmain › a  \u{8}\u{8}\u{8}")
    #expect(row([first, more, less]) == ("main › a", 7))
    #expect(line.clear() == "\r        \r")
    #expect(line == OneLine())
  }

  @Test func showsThePartAroundTheCursor() {
    var line = OneLine()
    let text = "abcdefghijklmnopqrstuvwxyz"
    #expect(row([line.show(prompt: "> ", text: text, column: 26, width: 10)]) == ("uvwxyz", 6))
    #expect(row([line.show(prompt: "> ", text: text, column: 0, width: 10)]) == ("> abcdefg", 2))
    #expect(row([line.show(prompt: "> ", text: text, column: 13, width: 10)]) == ("hijklmnop", 6))
  }

  @Test(arguments: 1...12)
  func neverLeavesTheRow(width: Int) {
    let text = "a日b本c語"
    for column in 0...9 {
      var line = OneLine()
      let written = line.show(prompt: "日> ", text: text, column: column, width: width)
      let shown = row([written])
      #expect(shown.1 >= 0)
      #expect(shown.0.count <= max(1, width - 1), "\(written)")
    }
  }
}
