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
/// existing file keeps its permissions and, where the system lets it, its owner; a link keeps its name, and
/// what it leads to is written, there already or not. One that may not be written is refused. Pipes and
/// devices are written straight through, since renaming would replace them. What a killed process has left
/// unfinished in a folder, the next one that writes there removes.
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
    if !exists, errno == ELOOP { throw failure(path, ELOOP) }
    if path.hasSuffix("/") || (exists && status.st_mode & S_IFMT == S_IFDIR) {
      throw FileError(path: path, problem: .system(.isFolder))
    }
    if exists && access(path, W_OK) != 0 { throw failure(path, errno) }
    if exists && status.st_mode & S_IFMT != S_IFREG {
      try writeThrough(path, body)
    } else {
      try replace(path, exists ? status : nil, isPrivate, body)
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
    _ path: String, _ old: stat?, _ isPrivate: Bool,
    _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    let target = Folder.linked(path)
    let (temporary, descriptor) = try createTemporary(
      beside: target, for: path, mode: isPrivate ? 0o600 : 0o666)
    do throws(FileError) {
      try fill(descriptor, of: path, old, body)
      guard rename(temporary, target) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    flush(folder: Path.folder(of: target))
  }

  /// Writes a new file down to the disk and closes it.
  private static func fill(
    _ descriptor: Int32, of path: String, _ old: stat?,
    _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    defer { close(descriptor) }
    try body(FileWriter(path: path, descriptor: descriptor))
    if let old {
      // Only the superuser may give a file away; a group of one's own may be kept.
      if fchown(descriptor, old.st_uid, old.st_gid) != 0 {
        _ = fchown(descriptor, .max, old.st_gid)
      }
      if fchmod(descriptor, old.st_mode & 0o777) != 0 { throw failure(path, errno) }
    }
    guard fsync(descriptor) == 0 else { throw failure(path, errno) }
  }

  /// Makes a new file of a name that nothing else has.
  private static func createTemporary(
    beside target: String, for path: String, mode: mode_t
  ) throws(FileError) -> (String, Int32) {
    let folder = Path.folder(of: target)
    UnfinishedFile.sweep(folder)
    for _ in 0..<100 {
      let name = Path.joining(folder, UnfinishedFile.newName())
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
