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
/// existing file keeps its permissions and, where the system lets it, its owner, but no access list; a
/// link keeps its name, and what it leads to is written, there already or not. One that may not be
/// written is refused. Pipes and devices are written straight through, since renaming would replace
/// them. What a killed process has left unfinished in a folder, the next one that writes there removes.
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
    let target = try LinkTarget(of: path)
    if let own = target.descriptor {
      return try writeThrough(dup(own), path, body)
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    if path.hasSuffix("/") || (exists && status.st_mode & S_IFMT == S_IFDIR) {
      throw FileError(path: path, problem: .system(.isFolder))
    }
    if exists && access(path, W_OK) != 0 { throw failure(path, errno) }
    if exists && status.st_mode & S_IFMT != S_IFREG {
      let isPipe = status.st_mode & S_IFMT == S_IFIFO
      try writeThrough(
        isPipe ? openPipe(path) : open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC), path, body)
    } else {
      try replace(path, at: target.path, exists ? status : nil, isPrivate, body)
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
    _ descriptor: Int32, _ path: String, _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    try body(FileWriter(path: path, descriptor: descriptor))
  }

  /// Opens a named pipe; one that nobody begins to read within a second is refused, rather than
  /// waited for without an end.
  private static func openPipe(_ path: String) throws(FileError) -> Int32 {
    for _ in 0..<50 {
      let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFL, O_WRONLY)
        return descriptor
      }
      guard errno == ENXIO else { throw failure(path, errno) }
      try Waiting.check(path)
      usleep(20_000)
    }
    throw FileError(path: path, problem: .system(.noReader))
  }

  private static func replace(
    _ path: String, at target: String, _ old: stat?, _ isPrivate: Bool,
    _ body: (FileWriter) throws(FileError) -> Void
  ) throws(FileError) {
    // Until it is whole, nobody else reads what takes the place of a file that others may not read.
    let unfinished: UnfinishedFile
    do {
      unfinished = try UnfinishedFile(
        beside: target, mode: isPrivate || old != nil ? 0o600 : 0o666)
    } catch {
      throw FileError(
        path: path,
        problem: .system(SystemProblem(code: error.code, while: .writing, path: target)))
    }
    defer { close(unfinished.descriptor) }
    do throws(FileError) {
      try body(FileWriter(path: path, descriptor: unfinished.descriptor))
      if let old { FileRights.keep(old, on: unfinished.descriptor) }
      guard fsync(unfinished.descriptor) == 0 else { throw failure(path, errno) }
      guard rename(unfinished.path, target) == 0 else { throw failure(path, errno) }
    } catch {
      unlink(unfinished.path)
      throw error
    }
    flush(folder: Path.folder(of: target))
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
