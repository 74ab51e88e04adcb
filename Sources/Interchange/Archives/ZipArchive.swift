/// The members of a zip archive, which are read where they lie (PKWARE's APPNOTE, 4.3).
///
/// The table of contents at the archive's end says where each member's own header stands. Archives beyond
/// 4 GiB are refused, and so are members that lie over one another; checksums are not looked at.
struct ZipArchive {
  /// A member as the table of contents describes it.
  struct Member {
    let name: String

    /// Where its content lies in the file.
    let content: Range<Int>
    fileprivate let packing: Packing
  }

  /// How a member's content is kept.
  fileprivate enum Packing {
    case stored
    case compressed
    case encrypted
  }

  private static let endLength = 22
  private static let memberLength = 30

  /// In the order of the table of contents.
  private(set) var members: [Member] = []
  private let file: ReadableFile
  private let writer: ZipProblem.Writer

  /// Reads the table of contents; `writer` is what writes such archives.
  init(_ file: ReadableFile, of writer: ZipProblem.Writer) throws(FileError) {
    self.file = file
    self.writer = writer
    let (table, tableStart) = try tableOfContents()
    var position = 0
    var names: Set<String> = []
    while position < table.count {
      guard let entry = ZipEntry(table, at: position) else {
        throw failure(.entry(byte: tableStart + position))
      }
      position = entry.end
      guard names.insert(entry.name).inserted else { throw failure(.duplicate(entry.name)) }
      try members.append(member(of: entry, before: tableStart), for: file.path)
    }
    try checkOverlaps()
  }

  /// Whether a file starts as archives do.
  static func begins(_ file: ReadableFile) throws(FileError) -> Bool {
    guard file.size >= endLength else { return false }
    return try file.read(0..<2) { Array($0) } == Array("PK".utf8)
  }

  /// Where the content of a member lies; throws where it is not stored as it is.
  func content(of member: Member) throws(FileError) -> Range<Int> {
    switch member.packing {
    case .stored: return member.content
    case .compressed: throw failure(.compressed(member.name))
    case .encrypted: throw failure(.encrypted(member.name))
    }
  }

  /// The entries' bytes, found by the record at the end of the archive, and where they start.
  private func tableOfContents() throws(FileError) -> ([UInt8], Int) {
    let tailStart = max(0, file.size - Self.endLength - Int(UInt16.max))
    let tail = try file.read(tailStart..<file.size) { Array($0) }
    for position in stride(from: tail.count - Self.endLength, through: 0, by: -1)
    where tail[position...].starts(with: [0x50, 0x4B, 5, 6]) {
      let comment = ZipEntry.number(tail, at: position + 20, bytes: 2)
      guard position + Self.endLength + comment == tail.count else { continue }
      let size = ZipEntry.number(tail, at: position + 12, bytes: 4)
      let start = ZipEntry.number(tail, at: position + 16, bytes: 4)
      guard size != ZipEntry.elsewhere, start != ZipEntry.elsewhere else {
        throw failure(.beyond4GiB)
      }
      guard start + size <= tailStart + position else { break }
      return (try file.read(start..<start + size) { Array($0) }, start)
    }
    throw failure(.noTable)
  }

  /// A member by its entry and its own header, before the table of contents.
  private func member(
    of entry: ZipEntry, before tableStart: Int
  ) throws(FileError) -> Member {
    guard !entry.isBeyond4GiB else { throw failure(.beyond4GiB) }
    let lost = failure(.lost(entry.name, byte: entry.start))
    guard entry.start + Self.memberLength <= tableStart else { throw lost }
    let header = try file.read(entry.start..<entry.start + Self.memberLength) { Array($0) }
    guard header.starts(with: [0x50, 0x4B, 3, 4]) else { throw lost }
    let start =
      entry.start + Self.memberLength + ZipEntry.number(header, at: 26, bytes: 2)
      + ZipEntry.number(header, at: 28, bytes: 2)
    guard start + entry.packedSize <= tableStart else { throw lost }
    let packing: Packing =
      entry.isEncrypted ? .encrypted : entry.method == 0 ? .stored : .compressed
    if packing == .stored, entry.size != entry.packedSize {
      throw failure(.sizes(entry.name, size: entry.size, packed: entry.packedSize))
    }
    return Member(name: entry.name, content: start..<start + entry.packedSize, packing: packing)
  }

  /// Members share no bytes, so that no small file holds much.
  private func checkOverlaps() throws(FileError) {
    let ordered = members.sorted {
      ($0.content.lowerBound, $0.content.upperBound) < (
        $1.content.lowerBound, $1.content.upperBound
      )
    }
    for (member, next) in zip(ordered, ordered.dropFirst())
    where next.content.lowerBound < member.content.upperBound + Self.memberLength {
      throw failure(.overlap(member.name, next.name))
    }
  }

  private func failure(_ fault: ZipProblem.Fault) -> FileError {
    FileError(path: file.path, problem: .zip(ZipProblem(fault: fault, writer: writer)))
  }
}
