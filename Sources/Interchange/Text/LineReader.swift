#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lines of a text file one after the other, in a buffer that stays as small as the longest line.
///
/// A file of gzip data is unpacked. Lines end with LF or CR LF; the last one may lack its end. A UTF-8 mark at the start is skipped.
final class LineReader {
  /// The longest line that is read, in bytes.
  static let lengthLimit = 1 << 26

  let path: String

  /// The number of the line that was read last, counted from 1.
  private(set) var line = 0
  private let file: UnpackedBytes?
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0
  private var sourceEnded = false

  /// Opens a file and looks at its first bytes; throws where it holds no UTF-8 text.
  init(path: String) throws(FileError) {
    self.path = path
    file = UnpackedBytes(try ReadableFile(path: path))
    buffer = .allocate(capacity: 1 << 18)
    try refill()
    try checkStart()
  }

  /// Reads from memory; errors name `path`.
  init(bytes: [UInt8], path: String) throws(FileError) {
    self.path = path
    file = nil
    buffer = .allocate(capacity: max(1, bytes.count))
    _ = buffer.update(fromContentsOf: bytes)
    end = bytes.count
    sourceEnded = true
    try checkStart()
  }

  deinit { buffer.deallocate() }

  /// The next line without its end, valid until the next call; nothing at the end of the file.
  func next() throws(FileError) -> Bytes? {
    var scanned = start
    while true {
      if let stop = lineFeed(from: scanned) {
        defer { start = stop + 1 }
        return taken(to: stop)
      }
      scanned = end
      if sourceEnded {
        guard start < end else { return nil }
        defer { start = end }
        return taken(to: end)
      }
      guard end - start <= Self.lengthLimit else {
        throw FileError(
          path: path, line: line + 1, problem: .text(.tooLong(limit: Self.lengthLimit)))
      }
      scanned -= start
      try refill()
      scanned += start
    }
  }

  /// The next line that is not empty, without taking it.
  func peek() throws(FileError) -> Bytes? {
    var position = start
    while true {
      let stop = lineFeed(from: position)
      if let line = stop ?? (sourceEnded && position < end ? end : nil) {
        let text = Bytes(rebasing: buffer[position..<line])
        if text.contains(where: { !Character8.isBlank($0) && $0 != Character8.carriageReturn }) {
          return text
        }
      }
      if let stop {
        position = stop + 1
      } else if sourceEnded {
        return nil
      } else if end - start > Self.lengthLimit {
        throw FileError(
          path: path, line: line + 1, problem: .text(.tooLong(limit: Self.lengthLimit)))
      } else {
        position -= start
        try refill()
        position += start
      }
    }
  }

  private func taken(to stop: Int) -> Bytes {
    line += 1
    let hasReturn = stop > start && buffer[stop - 1] == Character8.carriageReturn
    return Bytes(rebasing: buffer[start..<(hasReturn ? stop - 1 : stop)])
  }

  private func lineFeed(from position: Int) -> Int? {
    guard let base = buffer.baseAddress, position < end else { return nil }
    guard let found = memchr(base + position, Int32(Character8.lineFeed), end - position) else {
      return nil
    }
    return UnsafeRawPointer(base).distance(to: found)
  }

  /// Reads more behind what is left, which moves to the buffer's start.
  private func refill() throws(FileError) {
    guard let file else { return }
    let left = end - start
    if left == buffer.count {
      try Memory.check(buffer.count * 2, for: path)
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer[start..<end])
      buffer.deallocate()
      buffer = larger
    } else if start > 0, let base = buffer.baseAddress {
      memmove(base, base + start, left)
    }
    start = 0
    end = left
    let space = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[left...]))
    let count = try read(file, into: space)
    end += count
    sourceEnded = count == 0
  }

  /// Reads what comes next; what is wrong with packed data is so behind the lines that have been read.
  private func read(
    _ file: UnpackedBytes, into space: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    do throws(FileError) { return try file.read(into: space) } catch {
      guard case .gzip = error.problem else { throw error }
      let lines = buffer[start..<end].count { $0 == Character8.lineFeed }
      throw FileError(path: path, line: line + lines + 1, problem: error.problem)
    }
  }

  private func checkStart() throws(FileError) {
    let first = Array(buffer[start..<end].prefix(4096))
    let intruder: TextProblem.Intruder? =
      if first.starts(with: [0x1F, 0x8B]) {
        .gzip
      } else if first.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
        .zip
      } else if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) {
        .utf16
      } else if first.contains(0) {
        .binary
      } else {
        nil
      }
    if let intruder { throw FileError(path: path, problem: .text(.notText(intruder))) }
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { start += 3 }
  }
}
