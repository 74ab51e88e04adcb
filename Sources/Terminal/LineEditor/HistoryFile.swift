#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the lines typed in earlier sessions are kept, readable by their user only.
package enum HistoryFile {
  /// The file's path, or nothing where there is no home.
  package static var path: String? { StateFolder.path.map { $0 + "/history" } }

  /// Makes the file with mode 0600 and the folders that lead to it with mode 0700, where they are
  /// missing.
  ///
  /// - Returns: whether there is a file on a disk that can be written: a pipe would have the start wait, and the mode of a
  ///   device is nobody's to change.
  package static func prepare(_ path: String) -> Bool {
    let parts = path.split(separator: "/")
    for count in 1..<max(1, parts.count) {
      mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o700)
    }
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    fchmod(descriptor, 0o600)
    return true
  }
}
