import Foundation
import Testing

/// A program whose work would last for hours ends when it is told to.
@Suite(.serialized) struct LongWorkTests {
  private static let network =
    "data waves count=8; batch 8; add upsample 16384; add maxpool 500000 stride=1; add gap; add dense 4"

  @Test("at a prompt", arguments: ["plan", "lr find", "train 3"], [SIGTERM, SIGHUP, SIGQUIT])
  func prompt(_ command: String, _ signal: Int32) throws {
    let terminal = try Pseudoterminal(espalier: ["--plain"], home: try Pseudoterminal.Home())
    try terminal.until(line: "main ›")
    try terminal.type(Self.network + "\r")
    try terminal.until(showing: "8 parameters")
    try terminal.type(command + "\r")
    usleep(300_000)
    terminal.send(signal)
    #expect(try terminal.end() == .signal(signal == SIGQUIT ? SIGTERM : signal))
    #expect(!terminal.screen.text.contains("Ctrl-C"))
  }

  @Test("on the full screen", arguments: ["plan", "train 3"])
  func fullScreen(_ command: String) throws {
    let screen = try FullScreen()
    try screen.enter(Self.network, showing: "8 parameters")
    try screen.terminal.type(command + "\r")
    usleep(300_000)
    screen.terminal.send(SIGTERM)
    #expect(try screen.terminal.end() == .signal(SIGTERM))
    screen.checkRestored()
  }

  @Test("Ctrl-C in a command file ends it", arguments: ["plan", "evaluate", "train 3"])
  func file(_ command: String) throws {
    let home = try Pseudoterminal.Home()
    let terminal = try Pseudoterminal(
      espalier: ["--no-record", "-e", "\(Self.network); \(command)"], home: home)
    try terminal.until(showing: "8 parameters")
    usleep(300_000)
    terminal.send(SIGINT)
    #expect(try terminal.end() == .exit(130))
  }
}
