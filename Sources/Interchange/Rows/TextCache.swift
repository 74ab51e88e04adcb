import Networks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The values of large texts, kept in a folder so that a text is read once.
///
/// A file there has a header of 64 bytes (a mark, place, length and digest of the record), the values as 32-bit
/// floats, and the record: the key, which says what was read and how, and what was made of it. It is written whole
/// or not at all, and one that is damaged or of another program is as good as none.
struct TextCache {
  private let storage: RowStorage

  /// What was read and how: format, settings, and each file with size and time of change; nothing where it cannot
  /// be known.
  private let key: String?

  /// The files that are read.
  private let paths: [String]

  /// All files of the folder together take at most so many bytes; the oldest go.
  private let limit: Int

  /// The cache for some files that are read with settings.
  init(
    _ storage: RowStorage, format: String, settings: [String: String], files: DataFiles,
    limit: Int = 16 << 30
  ) {
    self.storage = storage
    self.limit = limit
    paths = files.train + files.test
    key = Self.key(format, settings, files)
  }

  /// The examples of files: those kept, or what `read` makes of them with a spool for their values.
  func examples(
    _ read: (ValueSpool) throws(FileError) -> TextExamples
  ) throws(FileError) -> ExamplesPair {
    do throws(FileError) { return try keptOrMade(read) } catch {
      // Whoever asked for an end knows the text, not the file that its values are in.
      guard error.isInterruption, let first = paths.first, !paths.contains(error.path) else {
        throw error
      }
      throw FileError(path: first, problem: error.problem)
    }
  }

  private func keptOrMade(
    _ read: (ValueSpool) throws(FileError) -> TextExamples
  ) throws(FileError) -> ExamplesPair {
    if let kept = try kept() { return kept }
    let spool = ValueSpool(storage)
    let examples = try read(spool)
    guard let file = try spool.takeFile() else { return examples.pair(spool.takeValues()) }
    try keep(file, examples)
    return try examples.pair(try file.readable(), storage)
  }

  private static let mark = Array("ESPROWS1".utf8)
  private static let ending = ".rows"

  private static func key(
    _ format: String, _ settings: [String: String], _ files: DataFiles
  ) -> String? {
    var lines = [format]
    lines += settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    for (part, paths) in [("train", files.train), ("test", files.test)] {
      for path in paths {
        guard let file = try? ReadableFile(path: path), file.isRegular else { return nil }
        lines.append("\(part) \(file.size) \(file.changeTime) \(path) \(Folder.real(path))")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The file that is or would be kept.
  private var path: String? {
    guard let folder = storage.folder, let key else { return nil }
    return Path.joining(folder, Self.digest(Array(key.utf8)) + Self.ending)
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    let digits = String(sum(bytes), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// FNV-1a of 64 bits.
  private static func sum(_ bytes: [UInt8]) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return state
  }

  /// The examples that are kept; nothing where there are none, or the file is not one of ours, whole.
  private func kept() throws(FileError) -> ExamplesPair? {
    guard let path, let key, Folder.holds(path) else { return nil }
    do throws(FileError) {
      let file = try ReadableFile(path: path)
      guard file.isRegular, file.size >= ValueSpool.headerSize else { return nil }
      let header = try file.read(0..<ValueSpool.headerSize) { bytes in
        (mark: Array(bytes[..<8]), words: (1...3).map { Self.word(bytes, at: 8 * $0) })
      }
      guard header.mark == Self.mark, let start = Int(exactly: header.words[0]),
        let length = Int(exactly: header.words[1]), start >= ValueSpool.headerSize,
        start <= file.size, file.size - start == length
      else { return nil }
      let record = try file.read(start..<file.size) { Array($0) }
      let head = Array(key.utf8) + [0]
      guard Self.sum(record) == header.words[2], record.starts(with: head),
        let examples = TextExamples(encoded: Array(record.dropFirst(head.count))),
        examples.valueCount.map({ $0 * 4 == start - ValueSpool.headerSize }) == true
      else { return nil }
      Folder.noteUse(path)
      return try examples.pair(file, storage)
    } catch {
      if error.isInterruption || error.isShortOfMemory { throw error }
      return nil
    }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Puts the record behind the values, and gives the file its name where it has one.
  private func keep(_ file: SpoolFile, _ examples: TextExamples) throws(FileError) {
    let start = ValueSpool.headerSize + (examples.valueCount ?? 0) * 4
    file.cut(to: start)
    guard let path, let key else { return }
    let record = Array(key.utf8) + [0] + examples.encoded
    var header = Self.mark
    for word in [UInt64(start), UInt64(record.count), Self.sum(record)] {
      withUnsafeBytes(of: word.littleEndian) { header.append(contentsOf: $0) }
    }
    header += Array(repeating: 0, count: ValueSpool.headerSize - header.count)
    for (bytes, place) in [(record, start), (header, 0)] {
      let result = bytes.withUnsafeBytes { bytes in
        Result { () throws(FileError) in try file.write(bytes, at: place) }
      }
      try result.get()
    }
    _ = file.name(path)
    sweep()
  }

  /// Removes the files that were used longest ago, until all others together are within the limit.
  private func sweep() {
    guard let folder = storage.folder,
      let names = try? Folder.names(in: folder, where: { $0.hasSuffix(Self.ending) })
    else { return }
    var files: [(path: String, size: Int, age: Int)] = []
    for name in names {
      let path = Path.joining(folder, name)
      guard let file = try? ReadableFile(path: path), let age = Folder.idleTime(path) else {
        continue
      }
      files.append((path, file.size, age))
    }
    var total = files.reduce(0) { $0 + $1.size }
    for file in files.sorted(by: { $0.age > $1.age }) where total > limit {
      Folder.remove(file.path)
      total -= file.size
    }
  }
}

extension TextExamples {
  /// The number of all values, or nothing where it is beyond a machine integer.
  var valueCount: Int? {
    let count = AvailableMemory.bytes(
      counts.reduce(0, +), rowShape.reduce(1) { AvailableMemory.bytes($0, $1) }, 4)
    return count == .max ? nil : count / 4
  }
}
