import CDigits

/// The digits as they lie in the program, unpacked one after the other.
enum PackedDigits {
  private static let pixels = 64

  /// Calls `body` with the class and the 64 values 0…16 of each digit, in order.
  static func forEach(_ body: (UInt8, [UInt8]) -> Void) {
    for number in 0..<Int(ESPALIER_DIGITS) {
      let bytes = UnsafeBufferPointer(
        start: espalier_digit(number), count: Int(ESPALIER_DIGIT_BYTES))
      let (label, values) = unpack(bytes)
      body(label, values)
    }
  }

  private static func unpack(_ digit: UnsafeBufferPointer<UInt8>) -> (UInt8, [UInt8]) {
    var bits: UInt32 = 0
    var count = 0
    var label: UInt8?
    var values: [UInt8] = []
    values.reserveCapacity(pixels)
    for byte in digit {
      bits = bits << 8 | UInt32(byte)
      count += 8
      if label == nil {
        count -= 4
        label = UInt8(truncatingIfNeeded: bits >> UInt32(count) & 0xF)
      }
      while count >= 5, values.count < pixels {
        count -= 5
        values.append(UInt8(truncatingIfNeeded: bits >> UInt32(count) & 0x1F))
      }
    }
    return (label ?? 0, values)
  }
}
