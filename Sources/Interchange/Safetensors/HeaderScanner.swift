/// Reads the JSON of a safetensors header: objects, strings and lists of natural numbers.
///
/// Foundation's reader loses what the format forbids or the user wants to see: names that occur twice,
/// the order, and the place of a mistake. Nesting is as deep as the format asks, so nothing recurses.
struct HeaderScanner {
  private let bytes: [UInt8]
  private var position = 0

  /// Starts at the first byte of a header.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads `{ "key": value, … }`; `member` reads each value and is told where its key stood.
  mutating func object(
    _ member: (inout HeaderScanner, String, Int) throws(SafetensorsProblem) -> Void
  ) throws(SafetensorsProblem) {
    try expect(UInt8(ascii: "{"))
    if skip(UInt8(ascii: "}")) { return }
    while true {
      skipBlanks()
      let start = position
      let key = try text()
      try expect(UInt8(ascii: ":"))
      try member(&self, key, start)
      if skip(UInt8(ascii: "}")) { return }
      guard skip(UInt8(ascii: ",")) else {
        throw mistake(.either(UInt8(ascii: ","), UInt8(ascii: "}")))
      }
    }
  }

  /// Reads `[1, 2, 3]`, of `count` members where that is given.
  mutating func integers(count: Int? = nil) throws(SafetensorsProblem) -> [Int] {
    var result: [Int] = []
    try expect(UInt8(ascii: "["))
    if count == nil && skip(UInt8(ascii: "]")) { return result }
    while true {
      result.append(try integer())
      if let count {
        guard result.count < count else {
          try expect(UInt8(ascii: "]"))
          return result
        }
        try expect(UInt8(ascii: ","))
      } else if skip(UInt8(ascii: "]")) {
        return result
      } else if !skip(UInt8(ascii: ",")) {
        throw mistake(.either(UInt8(ascii: ","), UInt8(ascii: "]")))
      }
    }
  }

  /// Reads a quoted string.
  mutating func text() throws(SafetensorsProblem) -> String {
    skipBlanks()
    guard skip(UInt8(ascii: "\"")) else { throw mistake(.text) }
    var content: [UInt8] = []
    while position < bytes.count, bytes[position] >= 0x20 {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          throw mistake(.text)
        }
        return text
      case UInt8(ascii: "\\"):
        content.append(contentsOf: String(try escape()).utf8)
      default:
        content.append(byte)
      }
    }
    throw mistake(.byte(UInt8(ascii: "\"")))
  }

  /// Checks that only the padding is left.
  mutating func end() throws(SafetensorsProblem) {
    skipBlanks()
    guard position == bytes.count else { throw mistake(.endOfHeader) }
  }

  private mutating func integer() throws(SafetensorsProblem) -> Int {
    skipBlanks()
    let start = position
    var value = 0
    while position < bytes.count, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10
    {
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int(digit))
      guard !overflow && !carry && (position == start || value > 0) else {
        throw mistake(.integer)
      }
      value = sum
      position += 1
    }
    guard position > start else { throw mistake(.integer) }
    return value
  }

  /// What follows a backslash.
  private mutating func escape() throws(SafetensorsProblem) -> Unicode.Scalar {
    guard position < bytes.count else { throw mistake(.escape) }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
      return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): position += 1; return "\u{8}"
    case UInt8(ascii: "f"): position += 1; return "\u{C}"
    case UInt8(ascii: "n"): position += 1; return "\n"
    case UInt8(ascii: "r"): position += 1; return "\r"
    case UInt8(ascii: "t"): position += 1; return "\t"
    case UInt8(ascii: "u"): position += 1; return try codePoint()
    default: throw mistake(.escape)
    }
  }

  /// Four hexadecimal digits, or twice four for a surrogate pair.
  private mutating func codePoint() throws(SafetensorsProblem) -> Unicode.Scalar {
    let first = try codeUnit()
    if UTF16.isLeadSurrogate(first), bytes[position...].starts(with: Array("\\u".utf8)) {
      position += 2
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    guard let scalar = Unicode.Scalar(first) else { throw mistake(.escape) }
    return scalar
  }

  private mutating func codeUnit() throws(SafetensorsProblem) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else { throw mistake(.escape) }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }

  private mutating func expect(_ byte: UInt8) throws(SafetensorsProblem) {
    guard skip(byte) else { throw mistake(.byte(byte)) }
  }

  /// Steps over blanks and then a byte, if it is there.
  private mutating func skip(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipBlanks() {
    while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
  }

  private func mistake(_ expected: SafetensorsProblem.Syntax) -> SafetensorsProblem {
    .syntax(
      expected: expected, byte: position, found: position < bytes.count ? bytes[position] : nil)
  }
}
