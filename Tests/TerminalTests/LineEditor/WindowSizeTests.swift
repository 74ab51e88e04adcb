import Foundation
import Glibc
import Testing

/// Windows of all sizes on terminals of all kinds, in both shells.
@Suite(.serialized) struct WindowSizeTests {
  /// Columns and rows; 0 by 0 is what a terminal says that does not know.
  private static let sizes = [
    (1, 1), (2, 1), (1, 2), (2, 2), (3, 3), (2, 24), (1, 24), (3, 1), (4, 2), (5, 24), (8, 1),
    (9, 3), (20, 1), (80, 1), (80, 2), (80, 24), (132, 43), (500, 200), (500, 1), (1, 200), (0, 0),
    (0, 24), (80, 0),
  ]

  /// Values of TERM; nil is none at all.
  private static let kinds: [String?] = [
    nil, "", "dumb", "unknown", "vt100", "ansi", "linux", "screen", "tmux-256color",
    "xterm-256color",
  ]

  private static let shells = [["--plain"], []]

  /// Text longer than most widths, wide and composed characters, keys that move, complete and search,
  /// and a line that is entered.
  private static let keys =
    "input 1x64; add conv 16 3; bn; relu 日本語 e\u{301} 😀 ä€ \u{1B}[A\u{1B}[D\u{1B}[D\u{1B}b"
    + "\u{1}\u{4}x\u{5}y\t\u{12}pri\u{7}\u{1B}b\u{B}\u{19}\u{1B}[H\u{1B}[F\u{8}\u{15}print on\r"
    + "add re\t\t\u{1B}3x\u{12}on\u{1B}[Cx\u{7}\u{15}"

  @Test(arguments: kinds, shells)
  func allSizesHold(kind: String?, shell: [String]) throws {
    let home = try Pseudoterminal.Home()
    let terminal = try Pseudoterminal.blind(shell, home: home, environment: ["TERM": kind])
    _ = try terminal.press(Array("print started\r".utf8))
    for (columns, rows) in Self.sizes + Self.sizes.reversed() {
      // The size changes in the midst of a line.
      guard try terminal.press(Array("a line that is longer than some".utf8)) else { break }
      terminal.resize(columns: columns, rows: rows)
      guard try terminal.press(Array(Self.keys.utf8)) else { break }
    }
    terminal.send(SIGTERM)
    let ending = try terminal.end()
    #expect(ending == .signal(SIGTERM))
  }

  @Test(arguments: kinds, shells)
  func allSizesHoldFromTheStart(kind: String?, shell: [String]) throws {
    for (columns, rows) in Self.sizes.prefix(6) {
      let home = try Pseudoterminal.Home()
      let terminal = try Pseudoterminal.blind(
        shell, home: home, environment: ["TERM": kind], columns: columns, rows: rows)
      _ = try terminal.press(Array(Self.keys.utf8))
      terminal.send(SIGTERM)
      #expect(try terminal.end() == .signal(SIGTERM), "\(columns) by \(rows)")
    }
  }

  /// A terminal that cannot go up a row shows the part around the cursor.
  @Test func scrollsSidewaysWhereItCannotGoUp() throws {
    let home = try Pseudoterminal.Home()
    let terminal = try Pseudoterminal(
      espalier: ["--plain"], home: home, environment: ["TERM": "dumb"], columns: 20, rows: 5)
    try terminal.until(line: "main ›")
    try terminal.type("print 日本 abcdefghijklmnopqrstuvwxyz")
    try terminal.until(line: "opqrstuvwxyz")
    try terminal.type("\u{1}")
    try terminal.until("the beginning is shown") { $0.line($0.row).hasPrefix("main › print 日本") }
    #expect(terminal.screen.column == 7)
    try terminal.type("\u{B}print on\r")
    try terminal.until(showing: "main › print on\non\nmain ›")
    try terminal.type("\u{12}pri")
    try terminal.until(line: "arch)`pri': print o")
    try terminal.type("\u{3}\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(!terminal.output.contains(0x1B))
  }
}
