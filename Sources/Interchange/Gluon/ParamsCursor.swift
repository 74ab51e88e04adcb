/// A place in a parameter file, at which numbers are read one after the other.
struct ParamsCursor {
  let file: ReadableFile
  private(set) var position = 0

  /// Starts at the file's first byte.
  init(_ file: ReadableFile) { self.file = file }

  /// Bytes that are left.
  var left: Int { file.size - position }

  /// Reads a little-endian number.
  mutating func number<Number: FixedWidthInteger>(
    _ type: Number.Type, of part: ParamsProblem.Part
  ) throws(FileError) -> Number {
    let bytes = try skip(MemoryLayout<Number>.size, of: part)
    return try file.read(bytes) { Number(littleEndian: $0.loadUnaligned(as: Number.self)) }
  }

  /// Reads how many of something of at least so many bytes each there are.
  mutating func count(
    of part: ParamsProblem.Part, size: Int
  ) throws(FileError) -> Int {
    let start = position
    let count = try number(UInt64.self, of: part)
    guard count <= UInt64(left / size) else {
      throw failure(.count(part, byte: start, found: count))
    }
    return Int(count)
  }

  /// Reads a text that its length precedes.
  mutating func name() throws(FileError) -> String {
    let start = position
    let length = try number(UInt64.self, of: .name)
    let content = try skip(Int(clamping: length), of: .name)
    let text = try file.read(content) { String(validating: $0, as: UTF8.self) }
    guard let text else { throw failure(.nameNotText(byte: start)) }
    return text
  }

  /// Steps over bytes and answers where they are.
  mutating func skip(_ count: Int, of part: ParamsProblem.Part) throws(FileError) -> Range<Int> {
    guard count <= left else {
      throw failure(.endedEarly(part, byte: position, needed: count, size: file.size))
    }
    defer { position += count }
    return position..<position + count
  }

  /// An error of this file.
  func failure(_ problem: ParamsProblem) -> FileError {
    FileError(path: file.path, problem: .params(problem))
  }
}
