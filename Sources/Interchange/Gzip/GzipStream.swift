import CZlib

/// The bytes that are packed in a file of gzip data (RFC 1952), one member after the other.
///
/// Holds a piece of the file and zlib's window. What has been packed is checked against its checksums.
final class GzipStream {
  /// What a file of gzip data starts with.
  static let mark: [UInt8] = [0x1F, 0x8B]
  private static let pieceSize = 1 << 16

  private let file: ReadableFile
  private let stream: UnsafeMutablePointer<z_stream>
  private let piece: UnsafeMutableBufferPointer<UInt8>

  /// Bytes of the file that have been read.
  private var taken = 0
  private var isBetweenMembers = false
  private var isAtEnd = false

  /// Unpacks an open file of which nothing has been read but its first bytes.
  ///
  /// - Throws: `FileError` where there is no memory for it.
  init(_ file: ReadableFile, first: UnsafeRawBufferPointer = .init(start: nil, count: 0))
    throws(FileError)
  {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    piece = .allocate(capacity: max(Self.pieceSize, first.count))
    let status = inflateInit2_(
      stream, MAX_WBITS + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw shortage }
    UnsafeMutableRawBufferPointer(piece).copyMemory(from: first)
    offer(first.count)
  }

  deinit {
    inflateEnd(stream)
    stream.deinitialize(count: 1)
    stream.deallocate()
    piece.deallocate()
  }

  /// Begins anew at the start of a regular file.
  func rewind() throws(FileError) {
    try file.rewind()
    inflateReset(stream)
    offer(0)
    (taken, isBetweenMembers, isAtEnd) = (0, false, false)
  }

  /// Unpacks what comes next, up to the buffer's size; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let target = buffer.bindMemory(to: UInt8.self)
    guard !target.isEmpty else { return 0 }
    let room = min(target.count, 1 << 24)
    stream.pointee.next_out = target.baseAddress
    stream.pointee.avail_out = UInt32(room)
    while stream.pointee.avail_out == UInt32(room), !isAtEnd {
      if stream.pointee.avail_in == 0, try refill() == 0 {
        guard isBetweenMembers else { throw failure(.endsEarly(byte: taken)) }
        isAtEnd = true
      } else if !isBetweenMembers {
        try inflateOn()
      } else if stream.pointee.next_in?.pointee == 0 {
        // Zeros may fill what a tape or disk has left.
        stream.pointee.next_in += 1
        stream.pointee.avail_in -= 1
      } else {
        inflateReset(stream)
        isBetweenMembers = false
      }
    }
    try Waiting.check(file.path)
    return room - Int(stream.pointee.avail_out)
  }

  private func inflateOn() throws(FileError) {
    switch inflate(stream, Z_NO_FLUSH) {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: isBetweenMembers = true
    case Z_MEM_ERROR: throw shortage
    case _: throw failure(.damaged(byte: taken - Int(stream.pointee.avail_in)))
    }
  }

  private func refill() throws(FileError) -> Int {
    let count = try file.read(into: UnsafeMutableRawBufferPointer(piece))
    offer(count)
    return count
  }

  private func offer(_ count: Int) {
    taken += count
    stream.pointee.next_in = piece.baseAddress
    stream.pointee.avail_in = UInt32(count)
  }

  private var shortage: FileError {
    FileError(
      path: file.path, problem: .system(.noMemory(needed: Self.pieceSize, available: 0)))
  }

  private func failure(_ problem: GzipProblem) -> FileError {
    FileError(path: file.path, problem: .gzip(problem))
  }
}
