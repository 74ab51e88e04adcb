import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Waiting for what may never come, which the user can end.
enum Waiting {
  /// Milliseconds between two looks at whether the user asked for an end.
  private static let pause: Int32 = 100

  /// Waits until a pipe or device is ready for reading (`POLLIN`) or writing (`POLLOUT`), or broken.
  ///
  /// - Throws: `interrupted`.
  static func until(_ events: Int32, on descriptor: Int32, of path: String) throws(FileError) {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    while true {
      try check(path)
      let count = poll(&request, 1, pause)
      if count > 0 || (count < 0 && errno != EINTR) { return }
    }
  }

  /// Throws `interrupted` where the user asked for an end.
  static func check(_ path: String) throws(FileError) {
    if Interruption.isRequested() {
      throw FileError(path: path, problem: .system(.interrupted))
    }
  }
}
