import Foundation
import Glibc
import Terminal
import Testing

/// Every signal that ends the program gives the terminal back first, in both shells.
@Suite(.serialized) struct EndingSignalTests {
  /// All signals that end a program, of the real-time ones the first, one in the midst and the last.
  private static let signals: [Int32] = {
    let first = __libc_current_sigrtmin()
    let ordinary = EmergencyRestore.endings.filter { $0 < first }
    let last = __libc_current_sigrtmax()
    return ordinary + [SIGHUP, SIGTERM, first, (first + last) / 2, last]
  }()

  /// Those whose default action is to end a program, as signal(7) has them, but for SIGKILL; SIGINT,
  /// SIGQUIT, SIGPIPE and SIGXFSZ do something else here.
  @Test func namesAllOfThem() {
    let names = [
      SIGHUP, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2,
      SIGALRM, SIGTERM, SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO, SIGPWR, SIGSYS,
    ]
    let first = __libc_current_sigrtmin()
    #expect(Set(Self.signals.filter { $0 < first }) == Set(names))
    let realTime = Array(first...__libc_current_sigrtmax())
    #expect(Set(realTime).isSubset(of: Set(EmergencyRestore.endings)))
  }

  @Test(arguments: signals)
  func giveThePromptsTerminalBack(signal: Int32) throws {
    let home = try Pseudoterminal.Home()
    let terminal = try Pseudoterminal(espalier: ["--plain"], home: home)
    try terminal.until(line: "main ›")
    try terminal.type("half")
    try terminal.until(line: "main › half")
    #expect(terminal.modes != Pseudoterminal.freshModes())
    terminal.send(signal)
    #expect(try terminal.end() == .signal(signal))
    #expect(terminal.modes == Pseudoterminal.freshModes())
    #expect(terminal.screen.modes == [7, 25])
  }

  @Test(arguments: signals)
  func giveTheFullScreensTerminalBack(signal: Int32) throws {
    let screen = try FullScreen()
    try screen.terminal.type("half")
    try screen.terminal.until(line: " main › half")
    #expect(screen.terminal.modes != Pseudoterminal.freshModes())
    screen.terminal.send(signal)
    #expect(try screen.terminal.end() == .signal(signal))
    #expect(screen.terminal.modes == Pseudoterminal.freshModes())
    screen.checkRestored()
  }

  /// What a parent has ignored, such as `nohup`, stays ignored.
  @Test func leaveIgnoredSignalsIgnored() throws {
    let home = try Pseudoterminal.Home()
    let program = try Pseudoterminal.espalier()
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", "trap '' USR1; exec \"$0\" --plain", program],
      environment: home.environment())
    try terminal.until(line: "main ›")
    terminal.send(SIGUSR1)
    try terminal.type("print on\r")
    try terminal.until(showing: "\non\nmain ›")
    terminal.send(SIGUSR2)
    #expect(try terminal.end() == .signal(SIGUSR2))
  }
}
