/// The character classes of the language and the looks of bare text, in one place for lexer,
/// completion and printer.
enum Lexical {
  /// What a whole bare text looks like.
  enum Look {
    case integer, real, shape, name, path, other
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

  /// Whether a byte can begin a name; every byte of a character beyond ASCII counts as a letter.
  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func isNameByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }

  /// Bytes that end a bare word wherever they stand.
  static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"),
      UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: ">"), UInt8(ascii: "&"):
      true
    default: false
    }
  }

  /// Bytes that begin something else within a word.
  static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "\\"): true
    default: false
    }
  }

  /// The length of a blank that begins at an offset, or 0: blank, tab, carriage return, no-break
  /// and ideographic space, byte order mark.
  static func blank(in bytes: [UInt8], at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    switch bytes[offset] {
    case 0x20, 0x09, 0x0D: return 1
    case 0xC2 where offset + 1 < bytes.count && bytes[offset + 1] == 0xA0: return 2
    case 0xE3 where bytes[offset...].starts(with: [0xE3, 0x80, 0x80]): return 3
    case 0xEF where bytes[offset...].starts(with: [0xEF, 0xBB, 0xBF]): return 3
    default: return 0
    }
  }

  /// Quotes that word processors make, and that no word may hold bare.
  static func isTypographicQuote(_ scalar: Unicode.Scalar) -> Bool {
    (0x2018...0x201F).contains(scalar.value) || scalar.value == 0xAB || scalar.value == 0xBB
  }

  /// Whether a text is a name that `let` and `def` can give: letters, digits and `_`, no digit
  /// first.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy(isNameByte)
  }

  static func look(of bytes: ArraySlice<UInt8>) -> Look {
    guard let first = bytes.first else { return .other }
    if isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
      || first == UInt8(ascii: ".")
    {
      return numberLook(of: bytes)
    }
    return nameLook(of: bytes)
  }

  /// Extents of a text that looks like a shape; nil when one is too large.
  static func extents(of bytes: ArraySlice<UInt8>) -> [Int]? {
    var extents: [Int] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let end = skipDigits(in: bytes, from: index)
      guard let extent = Int(String(decoding: bytes[index..<end], as: UTF8.self)) else {
        return nil
      }
      extents.append(extent)
      index = end + times(in: bytes, at: end)
    }
    return extents
  }

  /// The length of the `x` or `×` of a shape at an index, or 0.
  static func times(in bytes: ArraySlice<UInt8>, at index: Int) -> Int {
    guard index < bytes.endIndex else { return 0 }
    if bytes[index] == UInt8(ascii: "x") { return 1 }
    return bytes[index...].starts(with: [0xC3, 0x97]) ? 2 : 0
  }

  static func skipDigits(in bytes: ArraySlice<UInt8>, from index: Int) -> Int {
    var index = index
    while index < bytes.endIndex, isDigit(bytes[index]) { index += 1 }
    return index
  }

  private static func numberLook(of bytes: ArraySlice<UInt8>) -> Look {
    var index = bytes.startIndex
    let isSigned = !isDigit(bytes[index]) && bytes[index] != UInt8(ascii: ".")
    if isSigned { index += 1 }
    let integerStart = index
    index = skipDigits(in: bytes, from: index)
    let integerDigits = index - integerStart
    if index == bytes.endIndex { return integerDigits > 0 ? .integer : .other }
    if !isSigned, integerDigits > 0, times(in: bytes, at: index) > 0 {
      return isShape(bytes) ? .shape : .other
    }
    var fractionDigits = 0
    if bytes[index] == UInt8(ascii: ".") {
      let start = index + 1
      index = skipDigits(in: bytes, from: start)
      fractionDigits = index - start
    }
    guard integerDigits + fractionDigits > 0 else { return .other }
    if index < bytes.endIndex, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.endIndex,
        bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+")
      {
        index += 1
      }
      let start = index
      index = skipDigits(in: bytes, from: start)
      guard index > start else { return .other }
    }
    return index == bytes.endIndex ? .real : .other
  }

  private static func isShape(_ bytes: ArraySlice<UInt8>) -> Bool {
    var index = bytes.startIndex
    while true {
      let end = skipDigits(in: bytes, from: index)
      if end == index { return false }
      if end == bytes.endIndex { return true }
      let times = times(in: bytes, at: end)
      if times == 0 { return false }
      index = end + times
    }
  }

  private static func nameLook(of bytes: ArraySlice<UInt8>) -> Look {
    var isPath = false
    var atSegmentStart = true
    var dots = 0
    for byte in bytes {
      if byte == UInt8(ascii: ".") {
        dots += 1
        guard dots <= 2 else { return .other }
        isPath = true
        atSegmentStart = true
        continue
      }
      let isStar = byte == UInt8(ascii: "*")
      guard isNameByte(byte) || isStar || (byte == UInt8(ascii: "-") && !atSegmentStart) else {
        return .other
      }
      if isStar { isPath = true }
      atSegmentStart = false
      dots = 0
    }
    if atSegmentStart { return .other }
    return isPath ? .path : .name
  }
}
