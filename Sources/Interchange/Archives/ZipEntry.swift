/// An entry of an archive's table of contents.
struct ZipEntry {
  /// What a field holds whose number is kept elsewhere, as archives beyond 4 GiB do.
  static let elsewhere = 0xFFFF_FFFF
  private static let length = 46

  let name: String
  let isEncrypted: Bool

  /// How the content is compressed; 0 is not at all.
  let method: Int

  /// Bytes of the content, and those that it takes in the file.
  let size: Int
  let packedSize: Int

  /// Where the member's own header stands in the file.
  let start: Int

  /// Where the next entry begins in the table.
  let end: Int

  /// Reads the entry at a place in the table; nothing where there is none.
  init?(_ table: [UInt8], at position: Int) {
    guard position + Self.length <= table.count,
      table[position...].starts(with: [0x50, 0x4B, 1, 2])
    else { return nil }
    let nameLength = Self.number(table, at: position + 28, bytes: 2)
    end =
      position + Self.length + nameLength + Self.number(table, at: position + 30, bytes: 2)
      + Self.number(table, at: position + 32, bytes: 2)
    guard end <= table.count else { return nil }
    isEncrypted = table[position + 8] & 1 == 1
    method = Self.number(table, at: position + 10, bytes: 2)
    packedSize = Self.number(table, at: position + 20, bytes: 4)
    size = Self.number(table, at: position + 24, bytes: 4)
    start = Self.number(table, at: position + 42, bytes: 4)
    let nameStart = position + Self.length
    name = String(decoding: table[nameStart..<nameStart + nameLength], as: UTF8.self)
  }

  /// Whether one of its numbers is kept elsewhere.
  var isBeyond4GiB: Bool { [size, packedSize, start].contains(Self.elsewhere) }

  /// A little-endian number of a few bytes.
  static func number(_ bytes: [UInt8], at position: Int, bytes count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
  }
}
