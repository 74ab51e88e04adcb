/// Arrays of `numpy.savez`: a zip archive of `.npy` files that are stored as they are.
///
/// The table of contents at the archive's end says where each member's own header stands; compressed
/// members and archives beyond 4 GiB are refused (PKWARE's APPNOTE, 4.3).
enum NpzFile {
  private static let endLength = 22
  private static let entryLength = 46
  private static let memberLength = 30

  /// Reads the headers of all arrays, in the order of the archive; the ending `.npy` is left off.
  static func arrays(_ path: String) throws(FileError) -> [StoredArray] {
    let file = try ReadableFile(path: path)
    func failure(_ problem: ArrayProblem) -> FileError {
      FileError(path: path, problem: .array(problem))
    }
    guard file.isRegular else {
      throw FileError(path: path, problem: .system(.notARegularFile))
    }
    guard file.size >= endLength, try file.read(0..<2, { Array($0) }) == Array("PK".utf8) else {
      throw failure(.notOfFormat(.npz))
    }
    guard let table = try tableOfContents(of: file) else { throw failure(.archive) }
    var arrays: [StoredArray] = []
    var position = 0
    while position < table.count {
      guard let entry = Entry(table, at: position) else { throw failure(.archive) }
      position = entry.end
      guard entry.name.hasSuffix(".npy") else { continue }
      guard entry.method == 0 else { throw failure(.compressed(member: entry.name)) }
      guard let part = try part(of: entry, in: file) else { throw failure(.archive) }
      arrays.append(
        try NpyFile.array(in: file, at: part, name: String(entry.name.dropLast(4))))
    }
    return arrays
  }

  /// A member as the table of contents describes it.
  private struct Entry {
    let name: String
    let method: Int
    let size: Int
    let start: Int

    /// Where the next entry begins in the table.
    let end: Int

    init?(_ table: [UInt8], at position: Int) {
      guard position + entryLength <= table.count,
        table[position...].starts(with: [0x50, 0x4B, 1, 2])
      else { return nil }
      let nameLength = number(table, at: position + 28, bytes: 2)
      end =
        position + entryLength + nameLength + number(table, at: position + 30, bytes: 2)
        + number(table, at: position + 32, bytes: 2)
      guard end <= table.count else { return nil }
      method = number(table, at: position + 10, bytes: 2)
      size = number(table, at: position + 20, bytes: 4)
      start = number(table, at: position + 42, bytes: 4)
      let nameStart = position + entryLength
      name = String(decoding: table[nameStart..<nameStart + nameLength], as: UTF8.self)
    }
  }

  /// The entries' bytes, found by the record at the end of the archive.
  private static func tableOfContents(of file: ReadableFile) throws(FileError) -> [UInt8]? {
    let tailStart = max(0, file.size - endLength - Int(UInt16.max))
    let tail = try file.read(tailStart..<file.size) { Array($0) }
    for position in stride(from: tail.count - endLength, through: 0, by: -1)
    where tail[position...].starts(with: [0x50, 0x4B, 5, 6]) {
      let size = number(tail, at: position + 12, bytes: 4)
      let start = number(tail, at: position + 16, bytes: 4)
      guard start + size <= tailStart + position else { return nil }
      return try file.read(start..<start + size) { Array($0) }
    }
    return nil
  }

  /// Where a member's content lies, behind its own header.
  private static func part(
    of entry: Entry, in file: ReadableFile
  ) throws(FileError) -> Range<Int>? {
    guard entry.start + memberLength <= file.size else { return nil }
    let header = try file.read(entry.start..<entry.start + memberLength) { Array($0) }
    guard header.starts(with: [0x50, 0x4B, 3, 4]) else { return nil }
    let start =
      entry.start + memberLength + number(header, at: 26, bytes: 2)
      + number(header, at: 28, bytes: 2)
    guard start + entry.size <= file.size else { return nil }
    return start..<start + entry.size
  }

  /// A little-endian number of a few bytes.
  private static func number(_ bytes: [UInt8], at position: Int, bytes count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }
}
