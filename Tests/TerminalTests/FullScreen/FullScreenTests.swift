import Foundation
import Glibc
import Testing

/// The full screen of the built program, by pressing keys on a pseudo-terminal.
@Suite(.serialized) struct FullScreenTests {
  @Test func composesANetwork() throws {
    let screen = try FullScreen()
    try screen.terminal.until(showing: "no network yet")
    try screen.enter("input 1x64", showing: "net main   1×64 → 1×64")
    try screen.terminal.type("add conv 10 3 stride=2")
    try screen.terminal.until(showing: "→ 10×32, +40 parameters")
    try screen.enter("", showing: "▎  conv1  conv 10 3 stride=2")
    try screen.enter("wrap residual", showing: "╰─⊕ projection  conv 10 1 stride=2")
    try screen.enter("wrap nonsense", showing: "nonsense")
    try screen.enter("undo 2", showing: "net main   1×64 → 1×64")
    try screen.leave()
  }

  @Test func completes() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    try screen.terminal.type("add re\t")
    try screen.terminal.until(showing: "completions")
    try screen.terminal.until(showing: "residual")
    try screen.terminal.type("si\t{ re")
    try screen.terminal.until("the word is completed") {
      $0.line($0.row).hasSuffix("add residual { re")
    }
    try screen.terminal.until("the list is gone") { !$0.text.contains("completions") }
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.leave()
  }

  @Test func searchesTheHistory() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    try screen.enter("add conv 8 3", showing: "conv1  conv 8 3")
    try screen.terminal.type("\u{12}inp")
    try screen.terminal.until(line: " (reverse-i-search)`inp': input 1x64")
    try screen.terminal.type("\u{3}x")
    try screen.terminal.until(line: " main 8×64 › x")
    try screen.terminal.type("\u{15}\u{10}\u{10}")
    try screen.terminal.until(line: " main 8×64 › input 1x64")
    try screen.terminal.type("\u{3}")
    try screen.leave()
    let history = try String(
      contentsOf: screen.home.file(".local/state/espalier/history"), encoding: .utf8)
    #expect(history.contains("input 1x64\n"))
    let next = try FullScreen(home: screen.home)
    try next.terminal.type("\u{12}conv")
    try next.terminal.until(line: " (reverse-i-search)`conv': add conv 8 3")
  }

  @Test func opensBlocksOverSeveralLines() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    try screen.terminal.type("residual {\r")
    try screen.terminal.until(line: " …")
    try screen.terminal.type("conv 1 3\r")
    try screen.terminal.until(line: " …")
    try screen.enter("}", showing: "╰─⊕ identity")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.terminal.type("seq {\r")
    try screen.terminal.until(line: " …")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.leave()
  }

  @Test func takesALargePaste() throws {
    let screen = try FullScreen()
    let lines = (1...1200).map { "print word\($0) and more" }
    let text = lines.joined(separator: "\n")
    #expect(text.utf8.count > 20_000)
    try screen.terminal.type("\u{1B}[200~" + text + "\u{1B}[201~")
    try screen.terminal.until("the paste stands at the prompt") {
      $0.line($0.row).hasSuffix("word1200 and more")
    }
    try screen.enter("", showing: "any key closes")
    try screen.terminal.until("the answer begins at its first line") {
      $0.text.contains("│ word1 and more")
    }
    try screen.enter("print over", showing: "│ over")
    try screen.terminal.type("\u{1B}[5~")
    try screen.terminal.until("it was run") { $0.text.contains("│ word1200 and more") }
    try screen.leave()
  }

  @Test func takesWideCharacters() throws {
    let screen = try FullScreen()
    try screen.terminal.type("print 网络 é")
    try screen.terminal.until("the cursor is behind the text") {
      $0.line($0.row) == " main › print 网络 é" && $0.column == 20
    }
    try screen.terminal.type("\u{1}\u{B}print x\r")
    try screen.terminal.until(showing: "│ x")
    try screen.leave()
  }

  @Test func followsTheUsersInputrc() throws {
    let home = try HomeFolder()
    let file = home.file("inputrc")
    try "$if espalier\n\"\\C-t\": \"input 1x64\"\n$endif\n".write(
      to: file, atomically: true, encoding: .utf8)
    let screen = try FullScreen(["INPUTRC": file.path], home: home)
    try screen.terminal.type("\u{14}")
    try screen.terminal.until(line: " main › input 1x64")
  }

  @Test func resizesDownToACellAndBack() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    for (columns, rows) in [(40, 10), (20, 5), (2, 2), (1, 1), (80, 24), (200, 60)] {
      screen.terminal.resize(columns: columns, rows: rows)
      try screen.terminal.type("x")
    }
    try screen.terminal.until(line: " main 1×64 › xxxxxx")
    try screen.terminal.until(showing: "no curve yet")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.leave()
  }

  @Test func hasKeysForPanes() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64; residual { conv 1 3; bn }", showing: "│ ├ conv1")
    try screen.terminal.type("\u{1B}OP")
    try screen.terminal.until(showing: "─ keys ─")
    try screen.terminal.type("\u{1B}OP")
    try screen.terminal.until("help is closed") { !$0.text.contains("─ keys ─") }
    try screen.terminal.type("\u{1B}OQj\r")
    try screen.terminal.until("the block is folded") { !$0.text.contains("│ ├ conv1") }
    try screen.terminal.type("unfold res1\r")
    try screen.terminal.until(showing: "│ ├ conv1")
    try screen.leave()
  }

  @Test func writesWhatItShows() throws {
    let screen = try FullScreen()
    let file = screen.home.file("screen.txt")
    try screen.enter("input 1x64; add conv 4 3", showing: "▎  conv1")
    try screen.enter("screen > \(file.path)", showing: "wrote")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 31)
    #expect(lines[0].hasPrefix(" espalier   net main   1×64 → 4×64   16 parameters"))
    #expect(text.contains("▎  conv1  conv 4 3"))
    try screen.leave()
  }
}
