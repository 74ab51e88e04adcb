/// The 8×8 digits as they lie in the program, made by `docs/data/pack_digits.py`: 41 bytes a digit.
///
/// The bits of a digit, highest first: its class in 4, 64 values 0…16 in 5 each, row by row, and 4 that are 0.
package enum PackedDigits {
  private static let bytesPerDigit = 41
  private static let pixels = 64

  /// Calls `body` with the class and the 64 values of each digit, in order.
  package static func forEach(_ body: (UInt8, [UInt8]) -> Void) {
    let bytes = PackageResources.digits_bin
    for start in stride(from: 0, through: bytes.count - bytesPerDigit, by: bytesPerDigit) {
      let (label, values) = unpack(bytes[start..<start + bytesPerDigit])
      body(label, values)
    }
  }

  private static func unpack(_ digit: ArraySlice<UInt8>) -> (UInt8, [UInt8]) {
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
