#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Files written whole or not at all.
///
/// The bytes go to a new file in the same folder, which is flushed to the disk and then renamed over
/// the old one: at any moment, a crash included, the name holds all of the old or all of the new. An
/// existing file keeps its permissions, a link its name; one that may not be written is refused. Pipes
/// and devices are written straight through, since renaming would replace them.
package enum AtomicFile {
  /// Writes what `body` hands to the writer.
  ///
  /// - Parameter isPrivate: whether a new file is for its owner only.
  package static func write(
    to path: String, isPrivate: Bool = false, _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    guard Path.isUsable(path) else {
      throw FileError(path: path, problem: .system(.unusableName))
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    if path.hasSuffix("/") || (exists && status.st_mode & S_IFMT == S_IFDIR) {
      throw FileError(path: path, problem: .system(.isFolder))
    }
    if exists && access(path, W_OK) != 0 { throw failure(path, errno) }
    if exists && status.st_mode & S_IFMT != S_IFREG {
      try writeThrough(path, body)
    } else {
      try replace(path, mode: exists ? status.st_mode & 0o777 : nil, isPrivate, body)
    }
  }

  /// Writes a text.
  package static func write(_ text: String, to path: String, isPrivate: Bool = false)
    throws(FileError)
  {
    try write(to: path, isPrivate: isPrivate) { writer throws(FileError) in
      try writer.write(Array(text.utf8))
    }
  }

  private static func writeThrough(
    _ path: String, _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    try body(FileWriter(path: path, descriptor: descriptor))
  }

  private static func replace(
    _ path: String, mode: mode_t?, _ isPrivate: Bool,
    _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    let target = mode == nil ? path : Folder.real(path)
    let (temporary, descriptor) = try createTemporary(
      beside: target, for: path, mode: isPrivate ? 0o600 : 0o666)
    do throws(FileError) {
      try fill(descriptor, of: path, mode: mode, body)
      guard rename(temporary, target) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    flush(folder: Path.folder(of: target))
  }

  /// Writes a new file down to the disk and closes it.
  private static func fill(
    _ descriptor: Int32, of path: String, mode: mode_t?,
    _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    defer { close(descriptor) }
    try body(FileWriter(path: path, descriptor: descriptor))
    if let mode, fchmod(descriptor, mode) != 0 { throw failure(path, errno) }
    guard fsync(descriptor) == 0 else { throw failure(path, errno) }
  }

  /// Makes a new file of a name that nothing else has.
  private static func createTemporary(
    beside target: String, for path: String, mode: mode_t
  ) throws(FileError) -> (String, Int32) {
    let folder = Path.folder(of: target)
    for _ in 0..<100 {
      let number = String(UInt64.random(in: 0 ... .max), radix: 36)
      let name = Path.joining(folder, ".espalier-\(number).tmp")
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if descriptor >= 0 { return (name, descriptor) }
      if errno != EEXIST { throw failure(path, errno) }
    }
    throw failure(path, EEXIST)
  }

  /// Makes the rename itself last; a file system that cannot do so is left at its word.
  private static func flush(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String, _ code: Int32) -> FileError {
    FileError(path: path, problem: .system(SystemProblem(code: code, while: .writing, path: path)))
  }
}
