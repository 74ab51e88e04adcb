import Foundation
import Glibc
import Testing

/// Training while typing, signals, and every way out of the full screen.
@Suite(.serialized) struct FullScreenLifeTests {
  private func training() throws -> FullScreen {
    let screen = try FullScreen(columns: 160)
    try screen.enter("data digits", showing: "1×8×8 → 1×8×8")
    try screen.enter("add conv 16 3; add gap; add dense 10", showing: "dense1")
    try screen.enter("train 100000", showing: "● training")
    return screen
  }

  @Test func trainsWhileOneTypes() throws {
    let screen = try training()
    try screen.terminal.type("set conv1")
    try screen.terminal.until(line: " main 10 › set conv1")
    try screen.terminal.until(showing: "━━ main train")
    #expect(screen.prompt == " main 10 › set conv1")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 10 ›")
    try screen.terminal.until(showing: "● training")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(showing: "│ paused at step ")
    try screen.terminal.until(showing: "● paused")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(showing: "│ paused already at step ")
    try screen.enter("resume", showing: "● training")
    try screen.enter("stop", showing: "stopped,")
    try screen.terminal.until(showing: "○ ready")
    let status = screen.terminal.screen.text.split(separator: "\n").first { $0.contains("○ ready") }
    #expect(status.map { !$0.contains("/100000") && $0.contains("step ") } ?? false)
    try screen.leave()
  }

  @Test func doesNotLeaveARunBySurprise() throws {
    let screen = try training()
    try screen.terminal.type("\u{4}")
    try screen.terminal.until(showing: "^D again stops it and leaves")
    try screen.leave()
  }

  @Test func staysAliveWhileAStatementWaits() throws {
    let screen = try FullScreen(columns: 160)
    try screen.enter("data digits; add conv 8 3; add gap; add dense 10", showing: "dense1")
    try screen.enter("train 100000; print over", showing: "● training")
    try screen.terminal.type("print queued\r")
    try screen.terminal.type("half")
    try screen.terminal.until(line: " main 10 › half")
    try screen.terminal.until(showing: "━━ main train")
    #expect(!screen.terminal.screen.text.contains("│ queued"))
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(line: " main 10 ›")
    try screen.terminal.type("\u{3}")
    try screen.terminal.until(showing: "│ queued")
    try screen.terminal.until(showing: "● paused")
    #expect(!screen.terminal.screen.text.contains("│ over"))
    try screen.enter("stop", showing: "○ ready")
    try screen.leave()
  }

  @Test func isSuspendedAndResumed() throws {
    let home = try HomeFolder()
    let terminal = try Pseudoterminal("/bin/sh", ["-i"], environment: ["HOME": home.url.path])
    try terminal.until(showing: "$")
    try terminal.type(try Pseudoterminal.espalier() + "\n")
    try terminal.until(showing: "no network yet")
    try terminal.type("input 1x64")
    try terminal.until(line: " main › input 1x64")
    try terminal.type("\u{1A}")
    try terminal.until(showing: "Stopped")
    #expect(terminal.screen.modes == [7, 25])
    terminal.resize(columns: 60, rows: 20)
    try terminal.type("fg\n")
    try terminal.until(line: " main › input 1x64")
    try terminal.type("\r")
    try terminal.until(showing: "1×64 → 1×64")
    try terminal.type("\u{4}")
    try terminal.until("the shell is back") { $0.line($0.row) == "$" }
    try terminal.type("exit\n")
    #expect(try terminal.end() == .exit(0))
  }

  @Test("Ctrl-\\ ends the program as another process would ask it to, and what was done is kept")
  func endsByControlBackslash() throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64; add conv 4 3", showing: "4×64")
    try screen.terminal.type("\u{1c}")
    #expect(try screen.terminal.end() == .signal(SIGTERM))
    screen.checkRestored()
  }

  @Test(arguments: [SIGSEGV, SIGTRAP, SIGABRT, SIGUSR1])
  func restoresTheTerminalAfterACrash(signal: Int32) throws {
    let screen = try FullScreen()
    try screen.enter("input 1x64", showing: "1×64 → 1×64")
    let errors = "/proc/\(screen.terminal.process)/fd/2"
    try "last words\n".write(toFile: errors, atomically: false, encoding: .utf8)
    screen.terminal.send(signal)
    #expect(try screen.terminal.end() == .signal(signal))
    screen.checkRestored()
    #expect(screen.terminal.screen.text.contains("last words"))
  }

  @Test func keepsWorkWhenItsWindowIsClosed() throws {
    let screen = try training()
    try screen.terminal.until(showing: "━━ main train")
    screen.terminal.hangUp()
    #expect(try screen.terminal.end() == .signal(SIGHUP))
    let saved = screen.home.file(".local/state/espalier/autosave/1/main.safetensors")
    #expect(FileManager.default.fileExists(atPath: saved.path))
    let next = try FullScreen(columns: 160, rows: 40, home: screen.home)
    try next.terminal.until(showing: "kept from sessions that ended")
    let offer = screen.home.file(".local/state/espalier/autosave/1/main.safetensors").path
    try next.enter("load \(offer)", showing: "net main   1×8×8 → 10")
    try next.leave()
  }

  @Test func endsAsItIsTold() throws {
    let screen = try FullScreen()
    screen.terminal.send(SIGTERM)
    #expect(try screen.terminal.end() == .signal(SIGTERM))
    screen.checkRestored()
    let other = try FullScreen()
    try other.terminal.type("quit 7\r")
    #expect(try other.terminal.end() == .exit(7))
    other.checkRestored()
  }

  @Test func takesSignalsThatItsParentBlocked() throws {
    let home = try HomeFolder()
    let terminal = try Pseudoterminal(
      Pseudoterminal.espalier(), environment: ["HOME": home.url.path],
      blocking: [SIGTERM, SIGWINCH, SIGINT])
    try terminal.until(showing: "no network yet")
    terminal.resize(columns: 120, rows: 30)
    try terminal.until("the size is taken") { $0.line(1).hasSuffix("╮") && $0.columns == 120 }
    terminal.send(SIGTERM)
    #expect(try terminal.end() == .signal(SIGTERM))
  }
}
