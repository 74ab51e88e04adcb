#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Names of files that are being written: `.espalier-HOST-PROCESS-NUMBER.tmp`, by which those of processes
/// that were killed can be told.
enum UnfinishedFile {
  private static let prefix = ".espalier-"
  private static let suffix = ".tmp"

  /// A name that nothing else is likely to have.
  static func newName(process: pid_t = getpid()) -> String {
    let number = String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(prefix)\(host)-\(process)-\(number)\(suffix)"
  }

  /// Removes the files in a folder that processes of this machine and user have left when they were killed.
  static func sweep(_ folder: String) {
    guard let names = try? Folder.names(in: folder) else { return }
    for name in names {
      guard let process = writer(of: name), process != getpid() else { continue }
      let path = Path.joining(folder, name)
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
        status.st_uid == geteuid(), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink(path)
    }
  }

  /// The process of this machine that a name tells of; nothing for a name of another sort.
  static func writer(of name: String) -> pid_t? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix) else { return nil }
    let parts = name.dropFirst(prefix.count).dropLast(suffix.count)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == host, let process = pid_t(parts[1]), process > 0 else {
      return nil
    }
    return process
  }

  /// The machine's name, letters and digits only.
  private static let host: String = {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "host" }
    let name = buffer.prefix { $0 != 0 }.map { Character(UnicodeScalar(UInt8(bitPattern: $0))) }
    let plain = String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(40))
    return plain.isEmpty ? "host" : plain
  }()
}
