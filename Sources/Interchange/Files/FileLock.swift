#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A lock that one process has on a file; it goes with the process, however that ends.
package final class FileLock: Sendable {
  private let path: String
  private let descriptor: Int32

  /// Takes the lock of a file, which is made with mode 0600 where it is missing.
  ///
  /// Nothing, without waiting, where another process has the lock or the file cannot be made. A file
  /// system that knows no locks is taken at its word.
  package init?(path: String) {
    guard Path.isUsable(path) else { return nil }
    let descriptor = open(path, O_RDWR | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK,
      Self.names(path, descriptor)
    else {
      close(descriptor)
      return nil
    }
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit { close(descriptor) }

  /// Whether the file that is locked still has its name.
  package var isInPlace: Bool { Self.names(path, descriptor) }

  /// Whether a process has the lock of a file; looks without taking it from anyone.
  package static func isHeld(_ path: String) -> Bool {
    guard Path.isUsable(path) else { return false }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Whether a path is a name of an open file.
  static func names(_ path: String, _ descriptor: Int32) -> Bool {
    var (named, opened) = (stat(), stat())
    return stat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_ino == opened.st_ino && named.st_dev == opened.st_dev
  }
}
