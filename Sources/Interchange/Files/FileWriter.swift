#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The open end of a file being written.
package struct FileWriter {
  let path: String
  let descriptor: Int32
  private let isRegular: Bool

  /// The end of a file, pipe or device that is open.
  init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
    var status = stat()
    isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Bytes that are written between two looks at whether the user asked for an end; a pipe that is ready takes
  /// `PIPE_BUF` of them without waiting for its reader.
  private var largestWrite: Int { isRegular ? 1 << 24 : Int(PIPE_BUF) }

  /// Writes all bytes; throws also when the user asked for an end.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    guard let base = bytes.baseAddress else { return }
    var done = 0
    while done < bytes.count {
      if isRegular {
        try Waiting.check(path)
      } else {
        try Waiting.until(POLLOUT, on: descriptor, of: path)
      }
      let piece = min(largestWrite, bytes.count - done)
      #if canImport(Darwin)
        let count = Darwin.write(descriptor, base + done, piece)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, base + done, piece)
      #else
        let count = Glibc.write(descriptor, base + done, piece)
      #endif
      if count >= 0 {
        done += count
      } else if errno != EINTR, errno != EAGAIN {
        throw FileError(
          path: path, problem: .system(SystemProblem(code: errno, while: .writing, path: path)))
      }
    }
  }

  /// Writes all bytes.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(FileError) in try write(buffer) }
    }
    try result.get()
  }

  /// Writes 32-bit floats, little-endian.
  func write(_ values: [Float]) throws(FileError) {
    #if _endian(little)
      let result = values.withUnsafeBytes { bytes in
        Result { () throws(FileError) in try write(bytes) }
      }
    #else
      let result = values.map(\.bitPattern.littleEndian).withUnsafeBytes { bytes in
        Result { () throws(FileError) in try write(bytes) }
      }
    #endif
    try result.get()
  }
}
