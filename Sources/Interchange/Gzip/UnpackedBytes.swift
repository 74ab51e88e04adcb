/// The bytes of a file one after the other, unpacked where they are gzip data.
final class UnpackedBytes {
  private let file: ReadableFile
  private var stream: GzipStream?
  private var hasBegun = false

  /// Wraps an open file of which nothing has been read.
  init(_ file: ReadableFile) { self.file = file }

  /// Whether the file is gzip data, known once something has been read.
  var isPacked: Bool { stream != nil }

  /// Reads what comes next, up to the buffer's size of some bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    if let stream { return try stream.read(into: buffer) }
    var count = try file.read(into: buffer)
    if hasBegun { return count }
    hasBegun = true
    while count == 1, buffer[0] == GzipStream.mark[0] {
      let more = try file.read(into: .init(rebasing: buffer[1...]))
      if more == 0 { return count }
      count += more
    }
    let first = UnsafeRawBufferPointer(rebasing: buffer[..<count])
    guard first.starts(with: GzipStream.mark) else { return count }
    let stream = try GzipStream(file, first: first)
    self.stream = stream
    return try stream.read(into: buffer)
  }
}
