#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files of commands, read from the system.
package enum TextFile {
  /// Why a file could not be read: the system's error number.
  package struct Unreadable: Error, Equatable {
    package let errorNumber: Int32

    /// An error number as the system gives it.
    package init(errorNumber: Int32) { self.errorNumber = errorNumber }

    /// The system's words for it, such as `No such file or directory`.
    package var reason: String { String(cString: strerror(errorNumber)) }
  }

  /// Reads the text of a file, at most `limit` bytes of it and one more, by which a longer one can be
  /// told; bytes that are not UTF-8 become replacement characters.
  ///
  /// - Throws: `Unreadable`, `EINTR` where Ctrl-C was pressed.
  package static func read(_ path: String, limit: Int) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Unreadable(errorNumber: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      // A pipe that nobody has opened for writing yet is waited for, as long as Ctrl-C is not pressed.
      _ = Readiness.wait(for: [descriptor, Signals.readEnd])
      if Signals.isInterruptPending || Signals.isTerminating {
        throw Unreadable(errorNumber: EINTR)
      }
      guard let chunk = try chunk(of: descriptor) else { continue }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return String(decoding: bytes.prefix(limit + 1), as: UTF8.self)
  }

  /// Reads what is there, at most 64 KiB: nothing at the end, nil when a signal came in between.
  ///
  /// - Throws: `Unreadable`.
  package static func chunk(of descriptor: Int32) throws -> [UInt8]? {
    var errorNumber: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      let got = systemRead(descriptor, buffer.baseAddress, buffer.count)
      if got < 0 { errorNumber = errno }
      count = max(0, got)
    }
    if errorNumber == 0 { return bytes }
    if errorNumber == EINTR || errorNumber == EAGAIN { return nil }
    throw Unreadable(errorNumber: errorNumber)
  }

  /// As `chunk`, but a terminal that cannot be read any more has reached its end, and none is waited for: Ctrl-C may
  /// have dropped the keys that were there when somebody looked.
  package static func keys(of descriptor: Int32) -> [UInt8]? {
    let source = descriptor == STDIN_FILENO ? ownTerminal ?? descriptor : descriptor
    do { return try chunk(of: source) } catch { return [] }
  }

  /// The terminal behind standard input, opened for this process alone; nothing where it is none.
  ///
  /// Reading from it never waits, which would be a mode of all who share the descriptor of standard input.
  private static let ownTerminal: Int32? = {
    guard let name = ttyname(STDIN_FILENO) else { return nil }
    let own = open(name, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    return own >= 0 ? own : nil
  }()
}
