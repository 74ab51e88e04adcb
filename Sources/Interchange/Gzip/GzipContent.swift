/// What is packed in a regular file, as bytes with places; going back costs unpacking anew.
final class GzipContent {
  private let stream: GzipStream
  private let path: String

  /// Bytes unpacked so far.
  private var position = 0

  /// Wraps an open file of which nothing has been read.
  init(_ file: ReadableFile) throws(FileError) {
    stream = try GzipStream(file)
    path = file.path
  }

  /// Unpacks everything to see how much it is, and whether it is whole.
  ///
  /// - Throws: `FileError` also where it is more than arrays may be.
  func measure() throws(FileError) -> Int {
    try passOver(.max)
    let size = position
    try rewind()
    return size
  }

  /// Fills the whole buffer from a place.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws(FileError) {
    if offset < position { try rewind() }
    try passOver(offset - position)
    var done = 0
    while done < buffer.count {
      let count = try stream.read(into: .init(rebasing: buffer[done...]))
      guard count > 0 else { throw FileError(path: path, problem: .system(.endedEarly)) }
      done += count
      position += count
    }
  }

  /// Unpacks so many bytes, or all that there are, and forgets them.
  private func passOver(_ count: Int) throws(FileError) {
    guard count > 0 else { return }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var left = count
    while left > 0 {
      let found = try stream.read(into: .init(rebasing: buffer[..<min(left, buffer.count)]))
      if found == 0 { return }
      left -= found
      position += found
      guard position <= FileLimits.bytes else {
        throw FileError(path: path, problem: .gzip(.tooMuch(limit: FileLimits.bytes)))
      }
    }
  }

  private func rewind() throws(FileError) {
    try stream.rewind()
    position = 0
  }
}
