import Foundation
import Testing

/// Answers that take more room than their pane, the list of completions, and Escape, on the built program.
@Suite(.serialized) struct FullScreenAnswerTests {
  private static let escape = "\u{1B}"

  @Test(
    "a long answer begins at its first line and goes with a key", arguments: [(80, 24), (40, 10)])
  func longAnswer(columns: Int, rows: Int) throws {
    let screen = try FullScreen(columns: columns, rows: rows)
    try screen.enter("help conv; help dense", showing: "any key closes")
    try screen.terminal.until(showing: "› help conv; help dense")
    try screen.terminal.type("\u{1B}[6~")
    try screen.terminal.until("it is scrolled") { !$0.text.contains("› help conv; help dense") }
    try screen.terminal.type("pri")
    try screen.terminal.until("it is closed") { !$0.text.contains("any key closes") }
    try screen.terminal.until("the key was typed") { $0.line($0.row).hasSuffix("› pri") }
    try screen.terminal.type("\u{3}")
    try screen.terminal.until("the line is empty") { $0.line($0.row).hasSuffix("›") }
    try screen.leave()
  }

  @Test("Escape closes an answer and does nothing else")
  func closing() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter("help language", showing: "any key closes")
    try screen.terminal.type(Self.escape)
    try screen.terminal.until(showing: "─ network ─")
    try screen.terminal.until("it is closed") { !$0.text.contains("any key closes") }
    try screen.enter("print on", showing: "│ on")
    try screen.leave()
  }

  /// The row below an answer that covers the screen.
  private static func foot(of text: String) -> String {
    text.split(separator: "\n").last { $0.contains("any key closes") }.map(String.init) ?? ""
  }

  @Test("a table is laid out anew in a window of other columns")
  func tableInAWiderWindow() throws {
    let screen = try FullScreen(columns: 60, rows: 24)
    let (path, cut) = ("rep1.1.res1.body.conv1", "…s1.body.conv1")
    try screen.enter("input 8x64; repeat 2 { residual { conv 8 3 } }", showing: "rep1")
    try screen.enter("summary", showing: cut)
    screen.terminal.resize(columns: 150, rows: 40)
    try screen.terminal.until("the paths are whole") {
      $0.text.contains(path) && !$0.text.contains(cut)
    }
    screen.terminal.resize(columns: 60, rows: 24)
    try screen.terminal.until("the paths are cut again") {
      $0.text.contains(cut) && !$0.text.contains(path)
    }
    try screen.leave()
  }

  @Test("Enter scrolls an answer on that is cut below, and closes it at its end")
  func scrollingOn() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter("help conv; help dense", showing: "any key closes")
    try screen.terminal.until(showing: "PgDn ↓")
    // The last row of the answer is drawn after the others, so that a screen half drawn is not taken for a whole one.
    while Self.foot(of: screen.terminal.screen.text).contains("PgDn ↓") {
      let before = Self.foot(of: screen.terminal.screen.text)
      try screen.terminal.type("\r")
      try screen.terminal.until("it is scrolled") {
        let foot = Self.foot(of: $0.text)
        return !foot.isEmpty && foot != before
      }
    }
    #expect(screen.terminal.screen.text.contains("any key closes"))
    try screen.terminal.type("\r")
    try screen.terminal.until("it is closed") { !$0.text.contains("any key closes") }
    try screen.leave()
  }

  @Test("behind F3 and F3 again the prompt has all keys, and what was cut begins at its first line")
  func zoomingBack() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter("input 1x64; add conv 8 3", showing: "conv1")
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until("one pane is alone") { !$0.text.contains("─ loss ─") }
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until(showing: "─ loss ─")
    try screen.terminal.type("gradients")
    try screen.terminal.until("all of it was typed") { $0.line($0.row).hasSuffix("› gradients") }
    try screen.terminal.type("\u{3}")
    try screen.terminal.until("the line is empty") { $0.line($0.row).hasSuffix("›") }
    try screen.enter("help language", showing: "any key closes")
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until("its first line is in view") {
      $0.text.contains("› help language") && !$0.text.contains("any key closes")
        && !$0.text.contains("─ network ─")
    }
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until(showing: "─ network ─")
    try screen.leave()
  }

  @Test("leaving says which trained networks are kept without being saved")
  func farewell() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter(
      "data moons count=40; add dense 2; train 2", showing: "trained")
    try screen.terminal.type("\u{4}")
    try screen.terminal.until(
      showing: "not saved, but kept: main; start espalier again and type recover")
    #expect(try screen.terminal.end() == .exit(0))
  }

  @Test("the columns of a table are whole at 80 columns")
  func tables() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter("input 1x64; add conv 8 3", showing: "conv1")
    try screen.enter("summary", showing: "multiply-adds")
    try screen.terminal.until(showing: "total: 32 learnable")
    #expect(!screen.terminal.screen.text.contains("F3 shows"))
    try screen.leave()
  }

  @Test("F3 shows answers alone where their pane does not show all of them")
  func zooming() throws {
    let screen = try FullScreen(columns: 80, rows: 24)
    try screen.enter("help language", showing: "any key closes")
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until("the answers are alone") {
      !$0.text.contains("─ network ─") && !$0.text.contains("any key closes")
    }
    try screen.terminal.type("\u{1B}OR")
    try screen.terminal.until(showing: "─ network ─")
    try screen.leave()
  }

  @Test("Escape alone, or with Ctrl-C behind it, leaves the next key alone; with a key it is Meta")
  func escapeAlone() throws {
    let screen = try FullScreen()
    try screen.terminal.type("ab cd")
    try screen.terminal.until(line: " main › ab cd")
    try screen.terminal.type(Self.escape)
    Thread.sleep(forTimeInterval: 0.8)
    try screen.terminal.type("d")
    try screen.terminal.until(line: " main › ab cdd")
    try screen.terminal.type("\u{1B}b")
    try screen.terminal.until("a word to the left") { $0.column == 11 }
    try screen.terminal.type(Self.escape)
    Thread.sleep(forTimeInterval: 0.1)
    try screen.terminal.type("d")
    try screen.terminal.until(line: " main › ab")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main ›")
    try screen.terminal.type(Self.escape)
    Thread.sleep(forTimeInterval: 0.1)
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(showing: "nothing to stop")
    try screen.terminal.type("d")
    try screen.terminal.until(line: " main › d")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main ›")
    try screen.leave()
  }

  @Test("Escape alone does no harm without panes, either")
  func escapeAtThePrompt() throws {
    let home = try HomeFolder()
    let plain = try Pseudoterminal(
      Pseudoterminal.espalier(), ["--plain"], environment: ["HOME": home.url.path])
    try plain.until(showing: "main ›")
    try plain.type("ab")
    try plain.until(line: "main › ab")
    try plain.type(Self.escape)
    Thread.sleep(forTimeInterval: 0.8)
    try plain.type("d")
    try plain.until(line: "main › abd")
    try plain.type(Self.escape)
    Thread.sleep(forTimeInterval: 0.1)
    try plain.type("\u{3}")
    try plain.until(line: "main ›")
    try plain.type("d")
    try plain.until(line: "main › d")
    try plain.type("\u{3}")
    try plain.until(line: "main ›")
    try plain.type("\u{4}")
    #expect(try plain.end() == .exit(0))
  }

  @Test("arrows choose a completion, Enter takes it, Escape takes the list away")
  func completions() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    try screen.terminal.type("add re\t")
    try screen.terminal.until(showing: "completions")
    try screen.terminal.type(Self.escape)
    try screen.terminal.until("the list is gone") { !$0.text.contains("completions") }
    try screen.terminal.type("\t")
    try screen.terminal.until(showing: "completions")
    try screen.terminal.type("\u{1B}[B\u{1B}[B\u{1B}[A\r")
    try screen.terminal.until("the first is taken") {
      $0.line($0.row).contains("add re") && $0.line($0.row) != " main 1×64 › add re"
        && !$0.text.contains("completions")
    }
    let first = screen.prompt
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.terminal.type("add re\t\t\r")
    try screen.terminal.until(line: first)
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 1×64 ›")
    try screen.leave()
  }
}
