/// Decimal numbers as data files write them, whatever the locale.
enum Numbers {
  /// Powers of ten that a 64-bit float holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The number that the bytes spell, or nothing: `12`, `-1.5e-3`, `.5`, `5.`; no hexadecimal, no infinity.
  ///
  /// Where both the digits and the power of ten are exact, one multiplication or division rounds the
  /// right way (Clinger 1990); the rest goes through the standard library.
  static func parse(_ bytes: Bytes, decimalComma: Bool = false) -> Double? {
    var position = 0
    let count = bytes.count
    var isNegative = false
    if position < count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      isNegative = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    let point = decimalComma ? Character8.comma : UInt8(ascii: ".")
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var scale = 0
    var pointSeen = false
    while position < count {
      let byte = bytes[position]
      if byte == point || (decimalComma && byte == UInt8(ascii: ".")) {
        if pointSeen { return nil }
        pointSeen = true
      } else {
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else { break }
        digits += 1
        if significant > 0 || digit > 0 { significant += 1 }
        if significant <= 19 { mantissa = mantissa * 10 + UInt64(digit) }
        if pointSeen { scale -= 1 }
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    if position < count {
      guard let exponent = exponent(bytes, from: position) else { return nil }
      scale += exponent
    }
    if significant <= 19, mantissa <= 1 << 53, abs(scale) <= 22 {
      let value = Double(mantissa)
      let result = scale < 0 ? value / powersOfTen[-scale] : value * powersOfTen[scale]
      return isNegative ? -result : result
    }
    return Double(decimalComma ? String(bytes.text.map { $0 == "," ? "." : $0 }) : bytes.text)
  }

  /// The exponent that follows the digits: `e-3`; absurd ones are cut, which changes no result.
  private static func exponent(_ bytes: Bytes, from start: Int) -> Int? {
    var position = start
    guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
    position += 1
    var isNegative = false
    if position < bytes.count,
      bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      isNegative = bytes[position] == UInt8(ascii: "-")
      position += 1
    }
    guard position < bytes.count else { return nil }
    var value = 0
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 1_000_000)
      position += 1
    }
    return isNegative ? -value : value
  }

  /// Whether a field says that its value is not known: nothing, `?`, `NaN`, `NA`, `null`.
  static func isMissing(_ bytes: Bytes) -> Bool {
    switch bytes.count {
    case 0: true
    case 1: bytes[0] == UInt8(ascii: "?")
    case 2: bytes.isWord("na")
    case 3: bytes.isWord("nan")
    case 4: bytes.isWord("null") || bytes.isWord("-nan")
    default: false
    }
  }
}
