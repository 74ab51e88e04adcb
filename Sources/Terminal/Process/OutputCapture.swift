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

  /// Gives the descriptors back and shows on standard error what was printed meanwhile.
  package func end() {
    fflush(nil)
    dup2(output, STDOUT_FILENO)
    dup2(errors, STDERR_FILENO)
    EmergencyRestore.endCapture()
    lseek(file, 0, SEEK_SET)
    var captured: [UInt8] = []
    while let bytes = try? TextFile.chunk(of: file), !bytes.isEmpty { captured += bytes }
    if captured.last == UInt8(ascii: "\n") { captured.removeLast() }
    if !captured.isEmpty {
      try? DescriptorOutput.standardError.write(lines: String(decoding: captured, as: UTF8.self))
    }
    for descriptor in [file, output, errors] { _ = close(descriptor) }
  }
}
