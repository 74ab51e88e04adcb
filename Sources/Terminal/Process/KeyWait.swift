import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waiting for one key at a terminal that nobody else reads meanwhile.
enum KeyWait {
  /// The next key that says something; nothing where standard input is no terminal.
  ///
  /// - Parameter endsBySignal: sees to signals; whether one of them is an answer, too.
  static func key(endsBySignal: () -> Bool) -> WalkKey? {
    guard let mode = TerminalMode(of: STDIN_FILENO) else { return nil }
    var attributes = mode.attributes
    attributes.c_lflag &= ~tcflag_t(ICANON | ECHO)
    withUnsafeMutableBytes(of: &attributes.c_cc) { bytes in
      bytes[Int(VMIN)] = 1
      bytes[Int(VTIME)] = 0
    }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &attributes)
    defer { mode.restore() }
    while true {
      let ready = Readiness.wait(for: [STDIN_FILENO, Signals.readEnd])
      if ready.contains(Signals.readEnd), endsBySignal() { return .leave }
      guard ready.contains(STDIN_FILENO), let bytes = TextFile.keys(of: STDIN_FILENO) else {
        continue
      }
      if bytes.isEmpty { return .leave }
      if let key = bytes.lazy.compactMap({ WalkKey($0) }).first { return key }
    }
  }
}
