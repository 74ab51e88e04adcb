import Networks

/// Text files to be learned character by character, one after the other as one text.
enum CharacterFiles {
  /// The most bytes that all of them have, unpacked.
  static let limit = 1 << 28

  /// How a text is cut into examples.
  struct Options {
    /// Characters of a window.
    var length = 64

    /// The share of the text, at its end, that tests.
    var share = 0.1
  }

  /// Reads files of UTF-8 text, packed by gzip or not; the ends of lines are LF.
  static func read(_ paths: [String], options: Options) throws(FileError) -> ExamplesPair {
    var text: [Unicode.Scalar] = []
    for path in paths { try append(path, to: &text) }
    let (path, length, count) = (paths.first ?? "", options.length, text.count)
    try Memory.check(CharacterExamples.bytes(characters: count), for: path)
    guard let made = CharacterExamples(text, length: length, holdingOut: options.share) else {
      let tested = Int((options.share * Double(count)).rounded())
      let least = min(count - tested, options.share > 0 ? tested : count)
      throw FileError(
        path: path,
        problem: .text(
          .tooShort(length: length, found: count, fitting: least > 2 ? least - 1 : nil)))
    }
    let percent = Double((options.share * 1000).rounded()) / 10
    let share = Int(exactly: percent).map(String.init) ?? "\(percent)"
    return ExamplesPair(
      name: DataFiles(train: paths).name, train: made.train, test: made.test, files: paths,
      remark: "\(Prose.counted(count)) characters"
        + (made.test == nil ? "" : ", the last \(share) % test"))
  }

  private static func append(_ path: String, to text: inout [Unicode.Scalar]) throws(FileError) {
    let bytes = try bytes(of: path, room: limit - text.count)
    try text.makeRoom(bytes.count, for: path)
    var decoder = UTF8()
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var rest = bytes[mark...].makeIterator()
    var line = 1
    while true {
      switch decoder.decode(&rest) {
      case .emptyInput: return
      case .error:
        let found = String(
          String.UnicodeScalarView(text.suffix(20).split(separator: "\n").last ?? []))
        throw FileError(path: path, line: line, problem: .text(.brokenCharacters(found: found)))
      case .scalarValue("\0"): throw FileError(path: path, problem: .text(.notText(.binary)))
      case .scalarValue(let character):
        if character == "\n" {
          line += 1
          if text.last == "\r" { text.removeLast() }
          if line % 65536 == 0 { try Waiting.check(path) }
        }
        text.append(character)
      }
    }
  }

  /// All bytes of a file.
  private static func bytes(of path: String, room: Int) throws(FileError) -> [UInt8] {
    let file = UnpackedBytes(try ReadableFile(path: path))
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    var bytes: [UInt8] = []
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { break }
      try bytes.makeRoom(count, for: path)
      bytes += buffer[..<count]
      if bytes.count > room { throw FileError(path: path, problem: .text(.tooLarge(limit: limit))) }
    }
    for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] where bytes.starts(with: mark) {
      throw FileError(path: path, problem: .text(.notText(.utf16)))
    }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw FileError(path: path, problem: .text(.notText(.zip)))
    }
    return bytes
  }
}
