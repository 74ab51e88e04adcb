import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A program running on a terminal of its own, whose screen a test can read and whose keys it can press.
///
/// The screen is an `Emulator`. Waiting is for conditions, never for time; a condition that does not
/// come true is an issue that shows the screen. The program is killed when this object goes.
final class Pseudoterminal {
  /// How a program ended.
  enum Ending: Equatable {
    case exit(Int32)
    case signal(Int32)
  }

  /// The condition did not come true.
  struct Unmet: Error {}

  private(set) var screen: Emulator

  /// All that the program wrote.
  private(set) var output: [UInt8] = []

  /// The program's process.
  let process: pid_t
  let master: Int32

  /// The file of the program's end.
  let path: String
  private let draws: Bool
  private var ending: Ending?

  /// Whether the terminal may have dropped a part of what was written, as it does at Ctrl-C.
  private var isCut = false

  /// Seconds after which a condition counts as unmet; long, since the machine may be busy.
  static let patience = 30.0

  /// Starts a program on a new terminal, with these variables of the environment and no others.
  ///
  /// - Parameters:
  ///   - blocking: signals that are blocked in the program when it starts.
  ///   - draws: whether there is a screen; without one, what is written is read and forgotten.
  init(
    _ program: String, _ arguments: [String] = [], environment: [String: String] = [:],
    columns: Int = 80, rows: Int = 24, blocking signals: [Int32] = [], draws: Bool = true
  ) throws {
    self.draws = draws
    screen = Emulator(columns: draws ? columns : 80, rows: draws ? rows : 24)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var variables = Self.defaults
    variables.merge(environment) { $1 }
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + settings).forEach { free($0) } }

    var (mask, previous) = (sigset_t(), sigset_t())
    sigemptyset(&mask)
    for signal in signals { sigaddset(&mask, signal) }
    var descriptor: Int32 = -1
    var name = [CChar](repeating: 0, count: 128)
    // Another program that starts now must not inherit this one's terminal.
    Self.starting.lock()
    defer { Self.starting.unlock() }
    let child = words.withUnsafeBufferPointer { words in
      settings.withUnsafeBufferPointer { settings in
        pthread_sigmask(SIG_SETMASK, &mask, &previous)
        let child = forkpty(&descriptor, &name, nil, &size)
        if child == 0 {
          if let path = words[0], let first = words.baseAddress, let setting = settings.baseAddress
          {
            execve(path, first, setting)
          }
          _exit(127)
        }
        pthread_sigmask(SIG_SETMASK, &previous, nil)
        return child
      }
    }
    guard child > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EAGAIN) }
    (process, master) = (child, descriptor)
    path = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      var status: Int32 = 0
      waitpid(process, &status, 0)
    }
    close(master)
  }

  private static let starting = NSLock()

  private static let defaults = [
    "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "PS1": "$ ",
    "INPUTRC": "/dev/null", "SWIFT_BACKTRACE": "enable=no",
  ]

  /// The program of this package, as it was built along with the tests.
  static func espalier() throws -> String {
    let bundle =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
      ?? CommandLine.arguments[0]
    let path = URL(filePath: bundle).deletingLastPathComponent().appending(path: "espalier").path
    try #require(FileManager.default.isExecutableFile(atPath: path), "no program at \(path)")
    return path
  }

  /// Whether the terminal shows what is typed by itself, as it does when no program has changed it.
  var echoes: Bool {
    var modes = termios()
    return tcgetattr(master, &modes) == 0 && modes.c_lflag & tcflag_t(ECHO) != 0
  }

  // MARK: Pressing keys

  /// Presses keys, or pastes without brackets.
  func type(_ text: String, location: SourceLocation = #_sourceLocation) throws {
    if text.contains("\u{3}") { isCut = true }
    var rest = Array(text.utf8)[...]
    try until("the terminal takes what is typed", location: location) { _ in
      let written = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
      rest = rest.dropFirst(max(0, written))
      return rest.isEmpty
    }
  }

  /// Gives the terminal another size, as a user who drags its corner.
  func resize(columns: Int, rows: Int) {
    if draws { screen.resize(columns: columns, rows: rows) }
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Sends the program a signal.
  func send(_ signal: Int32) { kill(process, signal) }

  /// Closes the terminal's other end, as when its window is closed; nothing can be read afterwards.
  func hangUp() {
    let nothing = open("/dev/null", O_RDONLY)
    dup2(nothing, master)
    close(nothing)
  }

  // MARK: Waiting

  /// Reads what the program writes until a condition on its screen holds.
  ///
  /// - Throws: `Unmet`, after an issue that shows the screen.
  func until(
    _ what: String, location: SourceLocation = #_sourceLocation, _ condition: (Emulator) -> Bool
  ) throws {
    let end = Date(timeIntervalSinceNow: Self.patience)
    while !condition(screen) {
      if read(milliseconds: 20) { continue }
      reap()
      guard Date() > end || (ending != nil && !read(milliseconds: 0)) else { continue }
      if condition(screen) { return }
      let fate = ending.map { "ended: \($0)" } ?? "goes on"
      Issue.record(
        "waited in vain until \(what); the program \(fate); the screen:\n\(screen.text)",
        sourceLocation: location)
      throw Unmet()
    }
  }

  /// Waits for text on the screen.
  func until(showing text: String, location: SourceLocation = #_sourceLocation) throws {
    try until("the screen shows ‘\(text)’", location: location) { $0.text.contains(text) }
  }

  /// Waits until the cursor's line reads so, blanks at its end aside.
  func until(line text: String, location: SourceLocation = #_sourceLocation) throws {
    try until("the cursor's line is ‘\(text)’", location: location) { $0.line($0.row) == text }
  }

  /// Waits until the program has ended, reading what it still writes, and checks that it wrote no
  /// sequence unknown to the emulator, unless Ctrl-C may have torn one.
  func end(location: SourceLocation = #_sourceLocation) throws -> Ending {
    try until("the program ends", location: location) { _ in ending != nil }
    while read(milliseconds: 0) {}
    #expect(
      isCut || screen.unknown == [], "sequences without a meaning here", sourceLocation: location)
    return try #require(ending, sourceLocation: location)
  }

  /// Whether the program has ended.
  var hasEnded: Bool {
    reap()
    return ending != nil
  }

  /// Looks whether the program has ended.
  private func reap() {
    var status: Int32 = 0
    guard ending == nil, waitpid(process, &status, WNOHANG) == process else { return }
    let signal = status & 0x7F
    ending = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
  }

  /// Takes what there is to read; false when there was nothing.
  private func read(milliseconds: Int32) -> Bool {
    var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    let count = Glibc.read(master, &buffer, buffer.count)
    guard count > 0 else {
      // The other end is closed, and poll would not wait.
      _ = poll(nil, 0, milliseconds)
      return false
    }
    guard draws else { return true }
    output += buffer[..<count]
    screen.feed(buffer[..<count])
    return true
  }
}
