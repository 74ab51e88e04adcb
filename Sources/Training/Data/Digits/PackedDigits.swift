/// The 8×8 digits as they lie in the program: 54 characters a digit, 6 bits a character.
///
/// The 324 bits of a digit, highest first: its class in 4, then 64 values 0…16 in 5 each, row by row.
enum PackedDigits {
  /// Calls `body` with the class and the 64 values of each digit, in order.
  static func forEach(_ body: (UInt8, [UInt8]) -> Void) {
    for part in [part1, part2, part3, part4, part5] {
      part.withUTF8Buffer { text in
        for line in text.split(separator: UInt8(ascii: "\n")) {
          let (label, values) = unpack(line)
          body(label, values)
        }
      }
    }
  }

  private static func unpack(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> (UInt8, [UInt8]) {
    var bits: UInt32 = 0
    var count = 0
    var label: UInt8?
    var values: [UInt8] = []
    values.reserveCapacity(64)
    for character in line {
      bits = bits << 6 | UInt32(sixBits(character))
      count += 6
      if label == nil, count >= 4 {
        count -= 4
        label = UInt8(truncatingIfNeeded: bits >> UInt32(count) & 0xF)
      }
      while label != nil, count >= 5 {
        count -= 5
        values.append(UInt8(truncatingIfNeeded: bits >> UInt32(count) & 0x1F))
      }
    }
    return (label ?? 0, values)
  }

  /// The value of a character of the base64 alphabet.
  private static func sixBits(_ character: UInt8) -> UInt8 {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }
}
