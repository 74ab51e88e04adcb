#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The modes of a terminal: echo, line editing by the kernel, keys that send signals.
package struct TerminalMode: Sendable {
  let attributes: termios
  private let descriptor: Int32

  /// The present modes, or nothing where the descriptor is no terminal.
  package init?(of descriptor: Int32) {
    var attributes = termios()
    guard tcgetattr(descriptor, &attributes) == 0 else { return nil }
    self.attributes = attributes
    self.descriptor = descriptor
  }

  /// Whether the terminal itself shows what is typed, `^C` included.
  package var echoes: Bool { attributes.c_lflag & tcflag_t(ECHO) != 0 }

  /// Gives the terminal these modes again once it has shown all that was written.
  package func restore() {
    var attributes = attributes
    tcsetattr(descriptor, TCSADRAIN, &attributes)
  }
}

/// The size of a terminal in characters.
package struct TerminalSize: Sendable, Hashable {
  package var columns: Int
  package var rows: Int

  /// The largest window that is drawn on; of a larger one the rest stays empty.
  package static let largest = (columns: 2000, rows: 1000)

  /// The size of the window behind a descriptor, at most the largest; 80 by 24 where it is not known.
  package init(of descriptor: Int32) {
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    columns = isKnown ? min(Int(size.ws_col), Self.largest.columns) : 80
    rows = isKnown && size.ws_row > 0 ? min(Int(size.ws_row), Self.largest.rows) : 24
  }
}
