#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Descriptors 0, 1 and 2, which whoever starts the program may have closed.
package enum StandardDescriptors {
  /// Opens those that are closed, before anything else can take their numbers.
  ///
  /// Standard input is then at its end, standard output refuses what is written, and what goes to standard
  /// error is dropped.
  package static func open() {
    for (descriptor, mode) in [
      (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY),
    ] where fcntl(descriptor, F_GETFD) == -1 {
      _ = systemOpen("/dev/null", mode)
    }
  }
}

/// open(2), by a name that does not hide it.
private func systemOpen(_ path: String, _ mode: Int32) -> Int32 {
  #if canImport(Glibc)
    Glibc.open(path, mode)
  #else
    Darwin.open(path, mode)
  #endif
}
