import Glibc
import Testing

extension Pseudoterminal {
  /// A program without a screen, in a folder of its own, to be sent keys of all kinds; it reads keys
  /// already, so that Ctrl-C is its own and not the starting shell's.
  ///
  /// - Parameter environment: further variables; one without a value is left out.
  static func blind(
    _ arguments: [String], home: Home, environment: [String: String?] = [:], columns: Int = 80,
    rows: Int = 24
  ) throws -> Pseudoterminal {
    let variables = environment.compactMapValues { $0 }
    let unset = environment.filter { $1 == nil }.keys.map { "unset \($0); " }.joined()
    let program = try espalier()
    let script = "\(unset)cd '\(home.folder.path)' && stty -ixon && exec \"$0\" \"$@\""
    let terminal = try Pseudoterminal(
      "/bin/sh", ["-c", script, program] + arguments, environment: home.environment(variables),
      columns: columns, rows: rows, draws: false)
    try terminal.until("the program reads keys") { _ in !terminal.echoes || terminal.hasEnded }
    return terminal
  }

  /// The modes of the terminal: flags of input, output, control and local, then the characters.
  var modes: [UInt32] { Self.modes(of: master) }

  /// The modes of a terminal that no program has changed.
  static func freshModes() -> [UInt32] {
    var (master, slave): (Int32, Int32) = (-1, -1)
    guard openpty(&master, &slave, nil, nil, nil) == 0 else { return [] }
    defer {
      close(master)
      close(slave)
    }
    return modes(of: slave)
  }

  private static func modes(of descriptor: Int32) -> [UInt32] {
    var modes = termios()
    guard tcgetattr(descriptor, &modes) == 0 else { return [] }
    let characters = withUnsafeBytes(of: modes.c_cc) { $0.map(UInt32.init) }
    return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag] + characters
  }

  /// Presses keys and waits until the program has read them, or has ended.
  ///
  /// - Returns: whether it goes on.
  func press(_ keys: [UInt8], location: SourceLocation = #_sourceLocation) throws -> Bool {
    var rest = keys[...]
    let other = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard other >= 0 else { return false }
    defer { close(other) }
    var goesOn = true
    try until("the keys are read", location: location) { _ in
      goesOn = !hasEnded
      if !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
        rest = rest.dropFirst(max(0, written))
      }
      var waiting: Int32 = 0
      _ = ioctl(other, UInt(FIONREAD), &waiting)
      return !goesOn || (rest.isEmpty && waiting == 0)
    }
    return goesOn
  }
}
