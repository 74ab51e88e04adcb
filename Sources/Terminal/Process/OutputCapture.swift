#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps what is printed on standard output and error from tearing a full screen: it goes to a file
/// without a name and is shown when the screen is gone, after a crash too.
package final class OutputCapture {
  private let file: Int32
  private let output: Int32
  private let errors: Int32

  /// Begins at once; nothing where the system has no file or descriptor for it.
  package init?() {
    var name = Array("/tmp/espalier-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return nil }
    unlink(name)
    (self.file, output, errors) = (file, dup(STDOUT_FILENO), dup(STDERR_FILENO))
    for descriptor in [file, output, errors] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    EmergencyRestore.expectCapture(in: file, output: output, errors: errors)
    fflush(nil)
    dup2(file, STDOUT_FILENO)
    dup2(file, STDERR_FILENO)
  }

  /// Bytes of a line beyond which it is shown in parts.
  private static let longestLine = 1 << 20

  private static func show(_ lines: ArraySlice<UInt8>) {
    try? DescriptorOutput.standardError.write(lines: String(decoding: lines, as: UTF8.self))
  }

  /// Gives the descriptors back and shows on standard error what was printed meanwhile.
  package func end() {
    fflush(nil)
    dup2(output, STDOUT_FILENO)
    dup2(errors, STDERR_FILENO)
    EmergencyRestore.endCapture()
    lseek(file, 0, SEEK_SET)
    var rest: [UInt8] = []
    while let bytes = try? TextFile.chunk(of: file), !bytes.isEmpty {
      rest += bytes
      if let end = rest.lastIndex(of: UInt8(ascii: "\n")) {
        Self.show(rest[..<end])
        rest.removeFirst(end + 1)
      } else if rest.count > Self.longestLine {
        Self.show(rest[...])
        rest.removeAll()
      }
    }
    if !rest.isEmpty { Self.show(rest[...]) }
    for descriptor in [file, output, errors] { _ = close(descriptor) }
  }
}
