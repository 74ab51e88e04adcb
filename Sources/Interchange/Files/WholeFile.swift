/// A text file read at once.
package enum WholeFile {
  /// The most bytes that are read.
  package static let limit = 4 << 20

  /// The text of a file without a byte order mark; bytes that are not UTF-8 become replacement characters.
  ///
  /// Of a larger file only a little more than `limit` is read, by which it can be told.
  ///
  /// Throws where the file cannot be read.
  ///
  /// - Parameter waits: whether a pipe or device is read too, which lasts as long as its writer wants.
  package static func text(at path: String, waits: Bool = true) throws(FileError) -> String {
    let file = try ReadableFile(path: path)
    guard waits || file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while bytes.count <= limit {
      let count = try file.read(into: buffer)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return String(decoding: bytes[mark...], as: UTF8.self)
  }
}
