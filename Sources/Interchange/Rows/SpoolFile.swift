import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written at places: in a folder where it may get a name later, or without a name.
///
/// Nothing of it is left unless it gets a name.
final class SpoolFile {
  /// The path that errors name.
  let path: String
  private var descriptor: Int32
  private var unfinished: String?

  /// Begins a file in a folder that keeps it, which is made where it is missing, else in the one for temporary files.
  init(in folder: String?) throws(FileError) {
    let place = folder ?? Self.temporary
    if let folder { try Folder.create(folder) }
    let file: UnfinishedFile
    do throws(UnfinishedFile.Failure) {
      file = try UnfinishedFile(beside: Path.joining(place, "values"), mode: 0o600)
    } catch {
      throw FileError(
        path: place,
        problem: .system(SystemProblem(code: error.code, while: .writing, path: place)))
    }
    path = file.path
    descriptor = file.descriptor
    unfinished = file.path
    if folder == nil { forgetName() }
  }

  deinit {
    forgetName()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Where temporary files are kept that may be larger than memory.
  private static var temporary: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { Folder.exists($0) ? $0 : nil }
      ?? "/var/tmp"
  }

  private func forgetName() {
    if let unfinished { unlink(unfinished) }
    unfinished = nil
  }

  /// Writes floats, little-endian, at a place.
  func write(_ values: [Float], at offset: Int) throws(FileError) {
    #if _endian(little)
      let result = values.withUnsafeBytes { bytes in
        Result { () throws(FileError) in try write(bytes, at: offset) }
      }
    #else
      let result = values.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes in
        Result { () throws(FileError) in try write(bytes, at: offset) }
      }
    #endif
    try result.get()
  }

  /// Writes bytes at a place.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      try Waiting.check(path)
      let piece = min(1 << 24, bytes.count - done)
      let count = pwrite(descriptor, base + done, piece, off_t(offset + done))
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        throw FileError(
          path: path, problem: .system(SystemProblem(code: errno, while: .writing, path: path)))
      }
    }
  }

  /// Cuts the file behind so many bytes.
  func cut(to size: Int) { _ = ftruncate(descriptor, off_t(size)) }

  /// Gives the file a name, in place of another file that has it; false where it keeps none.
  func name(_ path: String) -> Bool {
    guard let unfinished, rename(unfinished, path) == 0 else { return false }
    self.unfinished = nil
    return true
  }

  /// The file to read from; nothing more is written.
  func readable() throws(FileError) -> ReadableFile {
    defer { descriptor = -1 }
    return try ReadableFile(path: path, owning: descriptor)
  }
}
