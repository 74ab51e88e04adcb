import Foundation
import Testing

/// The prompt without panes, driven on a terminal as a user drives it.
@Suite(.serialized) struct PlainPromptTests {
  private let home: Pseudoterminal.Home

  init() throws { home = try Pseudoterminal.Home() }

  /// The program at its first prompt.
  private func start(
    _ environment: [String: String] = [:], columns: Int = 80, rows: Int = 24,
    blocking signals: [Int32] = []
  ) throws -> Pseudoterminal {
    let terminal = try Pseudoterminal(
      espalier: ["--plain"], home: home, environment: environment, columns: columns, rows: rows,
      blocking: signals)
    try terminal.until(line: environment["LC_ALL"] == "C" ? "main >" : "main ›")
    return terminal
  }

  /// Types a line and Enter.
  private func enter(_ line: String, _ terminal: Pseudoterminal) throws {
    try terminal.type(line + "\r")
  }

  /// Starts a run that goes on until it is stopped.
  private func train(_ terminal: Pseudoterminal) throws {
    try enter("data digits; input 1x8x8; add dense 10", terminal)
    try terminal.until(showing: "650 parameters")
    try enter("train 1000000 epochs", terminal)
  }

  @Test func answersAndLeaves() throws {
    let terminal = try start()
    try enter("print hello", terminal)
    try terminal.until(showing: "main › print hello\nhello\nmain ›")
    #expect(terminal.screen.modes.contains(2004))
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(!terminal.screen.modes.contains(2004))
    #expect(terminal.screen.text == "main › print hello\nhello\nmain ›")
    #expect(terminal.screen.row == 3)
    #expect(terminal.screen.column == 0)
    #expect(terminal.echoes)
  }

  @Test func leavesWithTheStatusGiven() throws {
    let terminal = try start()
    try enter("nonsense", terminal)
    try terminal.until(showing: "error[E-NAME]")
    try enter("quit 7", terminal)
    #expect(try terminal.end() == .exit(7))
  }

  @Test func readsBlocksOverSeveralLines() throws {
    let terminal = try start()
    try enter("for i in 1..2 {", terminal)
    try terminal.until(line: "…")
    try enter("print no $i", terminal)
    try terminal.until(showing: "… print no $i\n…")
    try enter("}", terminal)
    try terminal.until(showing: "no 1\nno 2\nmain ›")
    try enter("repeat 2 {", terminal)
    try terminal.until(line: "…")
    try terminal.type("print lost")
    try terminal.until(line: "… print lost")
    try terminal.type("\u{3}")
    try terminal.until(line: "main ›")
    try enter("repeat 2 {", terminal)
    try terminal.until(line: "…")
    try terminal.type("\u{4}")
    try terminal.until(line: "main ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(!terminal.screen.text.contains("error"))
  }

  @Test func completesFromTheTables() throws {
    let terminal = try start()
    try terminal.type("inp\t")
    try terminal.until(line: "main › input")
    try enter("1x64", terminal)
    try terminal.until(line: "main 1×64 ›")
    try terminal.type("add resid\t")
    try terminal.until(line: "main 1×64 › add residual")
    try terminal.type("sh\t")
    try terminal.until(line: "main 1×64 › add residual shortcut=")
    try terminal.type("A\u{15}add con\t")
    try terminal.until(showing: "conv2d          convolution that insists on height and width")
    try terminal.until(line: "main 1×64 › add conv")
    try terminal.type("\u{15}\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test func searchesItsHistoryAndCtrlCLeavesTheSearch() throws {
    let terminal = try start()
    for word in ["alpha", "beta"] {
      try enter("print \(word)", terminal)
      try terminal.until(showing: "\n\(word)\nmain ›")
    }
    try terminal.type("\u{12}alp")
    try terminal.until(line: "(reverse-i-search)`alp': print alpha")
    try terminal.type("\u{3}print gamma")
    try terminal.until(line: "main › print gamma")
    try terminal.type("\r")
    try terminal.until(showing: "\ngamma\nmain ›")
    try terminal.type("\u{1B}[A\u{1B}[A")
    try terminal.until(line: "main › print beta")
    try terminal.type("\r")
    try terminal.until(showing: "gamma\nmain › print beta\nbeta\nmain ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test func keepsItsHistoryForItsUserOnly() throws {
    let first = try start()
    try enter("print one", first)
    try first.until(showing: "\none\nmain ›")
    try enter("for i in 1..1 {", first)
    try first.until(line: "…")
    try enter("print two }", first)
    try first.until(showing: "\ntwo\nmain ›")
    first.send(SIGKILL)
    #expect(try first.end() == .signal(SIGKILL))

    let path = home.folder.appending(path: "state/espalier/history").path
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)

    let second = try start()
    try second.type("\u{1B}[A")
    try second.until(showing: "main › for i in 1..1 {\nprint two }")
    try second.type("\u{1B}[A")
    try second.until(line: "main › print one")
    try second.type("\u{15}\u{4}")
    #expect(try second.end() == .exit(0))
  }

  @Test func runsWhatIsPasted() throws {
    let terminal = try start()
    let lines = (1...1500).map { "print line\($0)" }.joined(separator: "\n")
    try terminal.type("\u{1B}[200~\(lines)\u{1B}[201~")
    try terminal.until(line: "print line1500")
    try terminal.type("\r")
    try terminal.until(showing: "line1499\nline1500\nmain ›")
    #expect(terminal.screen.scrolledOff.contains("line1"))
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test func keepsKeysPressedWhileAStatementRuns() throws {
    let terminal = try start(columns: 140)
    try train(terminal)
    try enter("wait", terminal)
    try terminal.until("the bar is drawn") { $0.line($0.row).contains("/1,000,000  ░") }
    try terminal.type("print kept\r\u{4}")
    terminal.send(SIGINT)
    #expect(try terminal.end() == .exit(0))
    #expect(terminal.screen.text.contains("› print kept\nkept\nmain 10 ›"))
  }

  @Test func trainsInTheBackgroundWhileALineIsTyped() throws {
    let terminal = try start(columns: 140)
    try train(terminal)
    try terminal.type("print ty")
    try terminal.until("an epoch is reported above the line") { screen in
      screen.line(screen.row) == "main 10 › print ty" && screen.row > 0
        && screen.line(screen.row - 1).hasPrefix("epoch ")
    }
    try terminal.type("ped\r")
    try terminal.until(showing: "main 10 › print typed\ntyped\n")
    try terminal.type("half")
    try terminal.until(line: "main 10 › half")
    try terminal.type("\u{3}")
    try terminal.until("the line is cleared and the run goes on") { screen in
      screen.text.contains("half^C") && screen.line(screen.row) == "main 10 ›"
    }
    #expect(!terminal.screen.text.contains("paused"))
    try terminal.type("\u{3}")
    try terminal.until(showing: "\npaused at step ")
    try terminal.until(showing: "; resume goes on, stop ends it")
    try terminal.type("\u{3}")
    try terminal.until(showing: "\npaused already at step ")
    try enter("resume", terminal)
    try terminal.until(showing: "main goes on at step ")
    try terminal.until(line: "main 10 ›")
    try terminal.type("\u{3}")
    try terminal.until("paused again") {
      $0.text.components(separatedBy: "paused at step ").count == 3
    }
    try enter("stop", terminal)
    try terminal.until(showing: "stopped, everything learned is kept")
    try terminal.until(line: "main 10 ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test func waitsForARunWithABar() throws {
    let terminal = try start(columns: 140)
    try train(terminal)
    try enter("wait", terminal)
    try terminal.until("the bar is drawn") { $0.line($0.row).contains("/1,000,000  ░") }
    try terminal.type("\u{3}")
    try terminal.until(showing: "paused at step ")
    try terminal.until(line: "main 10 ›")
    #expect(!terminal.screen.text.contains("░"))
    try enter("stop", terminal)
    try terminal.until(showing: "; stopped, everything")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test func leavesARunBehindInGoodOrder() throws {
    let terminal = try start(columns: 140)
    try train(terminal)
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(terminal.screen.text.contains("stopped, everything learned is kept"))
  }

  @Test func keepsTheLineWhenResized() throws {
    let terminal = try start()
    try terminal.type("print a line that is longer than twenty")
    try terminal.until(line: "main › print a line that is longer than twenty")
    for columns in [20, 5, 100] {
      terminal.resize(columns: columns, rows: 10)
      try terminal.type("x")
    }
    try terminal.until(showing: "twentyxxx")
    try terminal.type("\u{15}print fits\r")
    try terminal.until(showing: "\nfits\nmain ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT])
  func givesTheTerminalBackOnEveryWayOut(signal: Int32) throws {
    let terminal = try start(blocking: [SIGTERM, SIGHUP, SIGINT])
    try terminal.type("half")
    try terminal.until(line: "main › half")
    #expect(!terminal.echoes)
    terminal.send(signal)
    // Ctrl-\ is asked for an end as another process would.
    #expect(try terminal.end() == .signal(signal == SIGQUIT ? SIGTERM : signal))
    #expect(terminal.echoes)
    #expect(!terminal.screen.modes.contains(2004))
  }

  @Test func endsWhenItsTerminalDoes() throws {
    let terminal = try start(columns: 140)
    try train(terminal)
    terminal.hangUp()
    let ending = try terminal.end()
    #expect(ending == .signal(SIGHUP) || ending == .exit(0), "\(ending)")
  }

  @Test func stopsAndGoesOn() throws {
    let program = try Pseudoterminal.espalier()
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-i"], environment: home.environment(["ENV": "", "PS1": "sh: "]))
    try terminal.until(line: "sh:")
    try terminal.type("\(program) --plain\r")
    try terminal.until(line: "main ›")
    try terminal.type("print ha")
    try terminal.until(line: "main › print ha")
    try terminal.type("\u{1A}")
    try terminal.until(line: "sh:")
    #expect(!terminal.screen.modes.contains(2004))
    #expect(terminal.echoes)
    try terminal.type("echo $((40 + 2))\r")
    try terminal.until(showing: "\n42\n")
    terminal.resize(columns: 60, rows: 20)
    try terminal.type("fg\r")
    try terminal.until(line: "main › print ha")
    try terminal.type("lf\r")
    try terminal.until(showing: "main › print half\nhalf\nmain ›")
    try terminal.type("quit 3\r")
    try terminal.until(line: "sh:")
    try terminal.type("exit $?\r")
    #expect(try terminal.end() == .exit(3))
  }

  @Test func redrawsWhenContinuedFromOutside() throws {
    let terminal = try start()
    try terminal.type("print ha")
    try terminal.until(line: "main › print ha")
    terminal.send(SIGSTOP)
    terminal.send(SIGCONT)
    try terminal.type("lf\r")
    try terminal.until(showing: "main › print half\nhalf\nmain ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
  }

  @Test(arguments: [["TERM": "dumb"], ["TERM": ""], ["TERM": "unknown"]])
  func worksWhereNothingCanBeMoved(environment: [String: String]) throws {
    let terminal = try start(environment)
    try enter("input 1x64", terminal)
    try terminal.until(showing: "input 1×64")
    try terminal.type("print x\r")
    try terminal.until(showing: "print x\nx\n")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(!terminal.output.contains(0x1B))
  }

  @Test func spellsInASCIIWithoutUTF8() throws {
    let terminal = try start(["LC_ALL": "C", "TERM": "vt100"])
    try enter("input 1x64", terminal)
    try terminal.until(line: "main 1x64 >")
    try enter("repeat 2 {", terminal)
    try terminal.until(line: "...")
    try terminal.type("\u{3}")
    try terminal.until(line: "main 1x64 >")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    #expect(terminal.output.allSatisfy { $0 < 0x80 })
  }

  @Test func runsTheStartUpFileFirst() throws {
    let folder = home.folder.appending(path: "config/espalier")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data("print begun\n".utf8).write(to: folder.appending(path: "rc"))
    let terminal = try start()
    #expect(terminal.screen.text == "begun\nmain ›")
    try terminal.type("\u{4}")
    #expect(try terminal.end() == .exit(0))
    let batch = try Pseudoterminal(espalier: ["-e", "print only"], home: home)
    #expect(try batch.end() == .exit(0))
    #expect(batch.screen.text == "only")
  }
}
