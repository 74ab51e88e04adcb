/// A stretch of text as bytes, valid until its reader moves on.
typealias Bytes = UnsafeBufferPointer<UInt8>

/// The bytes that the text formats look for.
enum Character8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let comma = UInt8(ascii: ",")
  static let semicolon = UInt8(ascii: ";")
  static let colon = UInt8(ascii: ":")

  /// Whether a byte is a blank within a line.
  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
}

extension UnsafeBufferPointer<UInt8> {
  /// A part of the bytes.
  func part(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  /// The bytes without blanks at both ends.
  var trimmed: Bytes {
    var low = 0
    var high = count
    while low < high && Character8.isBlank(self[low]) { low += 1 }
    while low < high && Character8.isBlank(self[high - 1]) { high -= 1 }
    return part(low..<high)
  }

  /// Where the blanks at the start of a part end.
  func skippingBlanks(in part: Range<Int>) -> Int {
    var position = part.lowerBound
    while position < part.upperBound && Character8.isBlank(self[position]) { position += 1 }
    return position
  }

  /// The text, or nothing where it is broken UTF-8, in which two words could become one.
  var validText: String? { String(validating: self, as: UTF8.self) }

  /// The text; broken UTF-8 shows as replacement characters.
  var text: String { String(decoding: self, as: UTF8.self) }

  /// The text, cut where it is too long for a message.
  var excerpt: String { part(0..<Swift.min(count, 200)).text }

  /// The column, in characters counted from 1, at which a byte of this line stands.
  func column(at offset: Int) -> Int {
    var column = 1
    for index in 0..<Swift.min(offset, count) where self[index] & 0xC0 != 0x80 { column += 1 }
    return column
  }

  /// Whether the bytes are these letters, in either case; `letters` are lower case.
  func isWord(_ letters: StaticString) -> Bool {
    guard count == letters.utf8CodeUnitCount else { return false }
    let start = letters.utf8Start
    for index in 0..<count where (self[index] | 0x20) != (start[index] | 0x20) { return false }
    return true
  }
}
