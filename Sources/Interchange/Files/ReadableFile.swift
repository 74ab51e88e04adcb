import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file to read from, closed when the last reference goes.
final class ReadableFile: Sendable {
  let path: String

  /// The size in bytes when it was opened; 0 for pipes and devices.
  let size: Int
  let isRegular: Bool

  /// When it was written to last, as it was when it was opened: seconds and billionths.
  let changeTime: String
  private let descriptor: Int32

  /// What is packed in it, where that is meant.
  private let content: Mutex<GzipContent?>

  /// Opens a file; throws where it is missing, a folder, or closed to us.
  init(path: String) throws(FileError) {
    guard Path.isUsable(path) else {
      throw FileError(path: path, problem: .system(.unusableName))
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileError(
        path: path, problem: .system(SystemProblem(code: errno, while: .reading, path: path)))
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError(
        path: path, problem: .system(SystemProblem(code: code, while: .reading, path: path)))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(descriptor)
      throw FileError(path: path, problem: .system(.isFolder))
    }
    self.path = path
    self.descriptor = descriptor
    isRegular = status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : 0
    changeTime = Self.changeTime(status)
    content = Mutex(nil)
  }

  /// Takes over a descriptor that is open for reading; throws where the system says nothing of it.
  init(path: String, owning descriptor: Int32) throws(FileError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError(
        path: path, problem: .system(SystemProblem(code: code, while: .reading, path: path)))
    }
    self.path = path
    self.descriptor = descriptor
    isRegular = status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : 0
    changeTime = Self.changeTime(status)
    content = Mutex(nil)
  }

  private init(path: String, content: sending GzipContent, size: Int) {
    self.path = path
    self.size = size
    self.content = Mutex(content)
    isRegular = true
    changeTime = ""
    descriptor = -1
  }

  /// Whether elements can be read at any place at no cost: what is packed cannot.
  var hasPlaces: Bool { isRegular && descriptor >= 0 }

  /// Whether the file is as long as it was when it was opened, and was not written to since.
  var isUnchanged: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && Int(status.st_size) == size
      && Self.changeTime(status) == changeTime
  }

  private static func changeTime(_ status: stat) -> String {
    #if canImport(Darwin)
      "\(status.st_mtimespec.tv_sec).\(status.st_mtimespec.tv_nsec)"
    #else
      "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    #endif
  }

  deinit { close(descriptor) }

  /// Opens a regular file for what is packed in it where it is gzip data, any other as it is.
  ///
  /// Throws also where it cannot be unpacked.
  static func unpacking(_ path: String) throws(FileError) -> ReadableFile {
    let file = try ReadableFile(path: path)
    guard file.isRegular, file.size >= GzipStream.mark.count,
      try file.read(0..<GzipStream.mark.count, { $0.elementsEqual(GzipStream.mark) })
    else { return file }
    let content = try GzipContent(file)
    let size = try content.measure()
    return ReadableFile(path: path, content: content, size: size)
  }

  /// Has `read` begin at the start of a regular file again.
  func rewind() throws(FileError) {
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure(errno) }
  }

  /// Reads what comes next, up to the buffer's size; 0 at the end.
  ///
  /// Waits for what a pipe or terminal has not got yet, unless interrupted.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard let base = buffer.baseAddress, !buffer.isEmpty else { return 0 }
    while true {
      if isRegular {
        try Waiting.check(path)
      } else {
        try Waiting.until(POLLIN, on: descriptor, of: path)
      }
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, base, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, base, buffer.count)
      #else
        let count = Glibc.read(descriptor, base, buffer.count)
      #endif
      if count >= 0 { return count }
      if errno != EINTR, errno != EAGAIN { throw failure(errno) }
    }
  }

  /// Fills the whole buffer from a position of a regular file.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws(FileError) {
    guard let base = buffer.baseAddress else { return }
    if try fillFromContent(buffer, from: offset) { return }
    var done = 0
    while done < buffer.count {
      try Waiting.check(path)
      let piece = min(Self.largestRead, buffer.count - done)
      let count = pread(descriptor, base + done, piece, off_t(offset + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        throw FileError(path: path, problem: .system(.endedEarly))
      } else if errno != EINTR {
        throw failure(errno)
      }
    }
  }

  /// Fills the whole buffer from a place of what is packed in the file; false where nothing is.
  private func fillFromContent(
    _ buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) throws(FileError) -> Bool {
    let place = UInt(bitPattern: buffer.baseAddress)
    let count = buffer.count
    return try content.withLock { content throws(FileError) in
      guard let content else { return false }
      try content.fill(.init(start: .init(bitPattern: place), count: count), from: offset)
      return true
    }
  }

  /// Reads a part of a regular file and turns its bytes into something else.
  ///
  /// Throws also where there is no memory for both.
  ///
  /// - Parameter size: bytes of what is made of it, where that is not as many as are read.
  func read<Result>(
    _ bytes: Range<Int>, making size: Int? = nil, _ transform: (UnsafeRawBufferPointer) -> Result
  ) throws(FileError) -> Result {
    let (needed, overflows) = bytes.count.addingReportingOverflow(size ?? bytes.count)
    try Memory.check(overflows ? .max : needed, for: path)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 16)
    defer { buffer.deallocate() }
    try fill(buffer, from: bytes.lowerBound)
    return transform(UnsafeRawBufferPointer(buffer))
  }

  /// Reads a part of a regular file piece by piece, so that no more than a piece is held.
  ///
  /// - Parameter unit: what every piece but the last is a multiple of, in bytes.
  func readPieces(
    _ bytes: Range<Int>, unit: Int, _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let piece = max(1, Self.pieceSize / unit) * unit
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(piece, bytes.count), alignment: 16)
    defer { buffer.deallocate() }
    var start = bytes.lowerBound
    while start < bytes.upperBound {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<min(piece, bytes.upperBound - start)])
      try fill(part, from: start)
      try body(UnsafeRawBufferPointer(part))
      start += part.count
    }
  }

  private static let pieceSize = 1 << 18

  /// Bytes that are read between two looks at whether the user asked for an end.
  private static let largestRead = 1 << 24

  private func failure(_ code: Int32) -> FileError {
    FileError(path: path, problem: .system(SystemProblem(code: code, while: .reading, path: path)))
  }
}
