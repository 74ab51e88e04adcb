/// Gzip data, as any writer may write it: the bytes stored as they are (RFC 1951, 3.2.4).
enum GzipBytes {
  /// One member that holds some bytes.
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      let size = UInt16(block.count)
      result += [rest.isEmpty ? 1 : 0] + little(size) + little(~size) + block
    } while !rest.isEmpty
    return result + little(Checksum.crc32(bytes)) + little(UInt32(truncatingIfNeeded: bytes.count))
  }

  /// One member that holds a text.
  static func member(_ text: String) -> [UInt8] { member(Array(text.utf8)) }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
