import Glibc
import Testing

/// The driver of programs on a terminal, tried on programs that every system has.
@Suite(.serialized) struct PseudoterminalTests {
  @Test func showsWhatAProgramWritesAndHowItEnds() throws {
    let terminal = try Pseudoterminal("/bin/sh", ["-c", "printf 'one\\ntwo'; exit 3"])
    #expect(try terminal.end() == .exit(3))
    #expect(terminal.screen.text == "one\ntwo")
    let missing = try Pseudoterminal("/no/such/program")
    #expect(try missing.end() == .exit(127))
  }

  @Test func typesAndSignals() throws {
    let terminal = try Pseudoterminal("/bin/cat")
    try terminal.type("hällo\n")
    try terminal.until(showing: "hällo\nhällo")
    try terminal.type("\u{3}")
    #expect(try terminal.end() == .signal(SIGINT))
    let deaf = try Pseudoterminal("/bin/cat", blocking: [SIGTERM])
    try deaf.type("x\n")
    try deaf.until(showing: "x\nx")
    deaf.send(SIGTERM)
    try deaf.type("y\n")
    try deaf.until(showing: "y\ny")
  }

  @Test func takesMoreThanTheTerminalBuffers() throws {
    let terminal = try Pseudoterminal("/bin/sh", ["-c", "stty raw -echo; echo ready; exec cat"])
    try terminal.until(showing: "ready")
    try terminal.type(String(repeating: "0123456789", count: 5000) + "end")
    try terminal.until(showing: "end")
  }

  @Test func resizesAndHangsUp() throws {
    let script = "trap 'stty size' WINCH; echo ready; while :; do read line; done"
    let terminal = try Pseudoterminal("/bin/sh", ["-c", script], columns: 40, rows: 10)
    try terminal.until(showing: "ready")
    terminal.resize(columns: 33, rows: 7)
    try terminal.type("\n")
    try terminal.until(showing: "7 33")
    terminal.hangUp()
    #expect(try terminal.end() == .signal(SIGHUP))
  }

  @Test func seesWhatWasNotAskedFor() throws {
    let terminal = try Pseudoterminal("/bin/sh", ["-c", "printf '\\033[9z'"])
    try withKnownIssue {
      let ending = try terminal.end()
      #expect(ending == .exit(0))
    } matching: { issue in
      issue.comments.map(\.rawValue) == ["sequences without a meaning here"]
    }
    #expect(terminal.screen.unknown == ["CSI 9z"])
  }

  @Test func saysWhatItWaitedFor() throws {
    let terminal = try Pseudoterminal("/bin/sh", ["-c", "echo something else"])
    try withKnownIssue {
      try terminal.until(showing: "this")
    } matching: { issue in
      issue.error is Pseudoterminal.Unmet
        || issue.comments.map(\.rawValue) == [
          """
          waited in vain until the screen shows ‘this’; the program ended: exit(0); the screen:
          something else
          """
        ]
    }
  }
}
