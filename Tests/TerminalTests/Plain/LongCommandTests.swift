import Foundation
import Testing

/// Ctrl-C in the midst of commands that last: the prompt comes back, and all is as it was before.
@Suite(.serialized) struct LongCommandTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// What was typed before, the command, and what it answers when it is stopped.
  struct Case: CustomTestStringConvertible, Sendable {
    let setup: String
    let command: String
    var answer = "stopped by Ctrl-C"
    var testDescription: String { command }
  }

  private static let wide = "input 6000; add dense 6000; add dense 6000"

  static let cases = [
    Case(setup: "input 8", command: "data csv pipe"),
    Case(setup: "input 8", command: "load pipe.esp"),
    Case(setup: "input 8", command: "source pipe.esp"),
    Case(setup: "input 8", command: "data rings count=10000000"),
    Case(setup: "input 8", command: "data waves length=25 count=10000000"),
    Case(setup: "\(wide); init orthogonal", command: "save net.safetensors"),
    Case(setup: "\(wide); init orthogonal", command: "widen dense1 6001"),
    Case(setup: "\(wide); init orthogonal", command: "deepen dense1"),
    Case(
      setup: "input 8", command: "for i in 1..1000000 { let a = $i }", answer: ": interrupted"),
    Case(setup: "data digits; add dense 10", command: "train 1000000", answer: "paused"),
    Case(setup: "data text characters=10000; add conv 44 1", command: "generate 1000000"),
    Case(
      setup: "data digits; add cnn 8 3; add gap; add dense 10",
      command: "plan steps=100000 seconds=600"),
    Case(
      setup: "data rings count=2000000; add dense 3000; add relu; add dense 3", command: "evaluate"),
    Case(
      setup: "data rings count=2000000; add dense 3000; add relu; add dense 3",
      command: "predict train > p.csv"),
  ]

  @Test(arguments: cases)
  func comesBack(_ row: Case) throws {
    for name in ["pipe", "pipe.esp"] {
      #expect(mkfifo(home.folder.appending(path: name).path, 0o600) == 0)
    }
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", "cd \"$HOME\"; exec \"$ESPALIER\" --plain"],
      environment: home.environment([
        "ESPALIER": try Pseudoterminal.espalier(), "NO_COLOR": "1",
      ]), columns: 120, rows: 50)
    try terminal.until(line: "main ›")
    try terminal.type("\(row.setup); print ready\r")
    try terminal.until(showing: "\nready\n")
    try terminal.type("\(row.command)\r")
    try terminal.until(showing: row.command)
    usleep(500_000)
    try terminal.type("\u{3}")
    try terminal.until(showing: row.answer)
    try terminal.type("print back\r")
    try terminal.until(showing: "\nback\n")
    terminal.send(SIGKILL)
    _ = try terminal.end()
  }
}
