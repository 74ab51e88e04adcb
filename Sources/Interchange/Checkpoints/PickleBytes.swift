/// The bytes of a pickle, instruction by instruction.
struct PickleBytes {
  /// Where the current instruction starts.
  private(set) var start = 0
  private let bytes: [UInt8]
  private var position = 0

  /// Starts at the first byte.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads the next instruction's opcode; throws where it is not known.
  mutating func opcode() throws(PickleProblem) -> PickleOpcode {
    start = position
    guard position < bytes.count else { throw .endedEarly(byte: start) }
    let byte = bytes[position]
    position += 1
    guard let opcode = PickleOpcode(rawValue: byte) else { throw .opcode(byte, byte: start) }
    return opcode
  }

  /// Reads a little-endian number without a sign, of up to 8 bytes.
  mutating func unsigned(bytes count: Int) throws(PickleProblem) -> Int {
    let value = try take(count).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << (8 * UInt64($1.offset))
    }
    guard let number = Int(exactly: value) else { throw .operand(.length, byte: start) }
    return number
  }

  /// Reads a little-endian number in two's complement; nothing where a machine integer cannot hold it.
  mutating func signed(bytes count: Int) throws(PickleProblem) -> Int? {
    let digits = try take(count)
    guard let last = digits.last else { return 0 }
    let filling: UInt8 = last >= 0x80 ? 0xFF : 0
    guard digits.dropFirst(8).allSatisfy({ $0 == filling }) else { return nil }
    var bits: UInt64 = filling == 0 ? 0 : .max
    for digit in digits.prefix(8).reversed() { bits = bits << 8 | UInt64(digit) }
    let value = Int(truncatingIfNeeded: bits)
    return digits.count > 8 && (value < 0) != (filling == 0xFF) ? nil : value
  }

  /// Reads a text that its length precedes, a number of so many bytes.
  mutating func text(lengthBytes: Int) throws(PickleProblem) -> String {
    let length = try unsigned(bytes: lengthBytes)
    guard let text = String(validating: try take(length), as: UTF8.self) else {
      throw .operand(.text, byte: start)
    }
    return text
  }

  /// Reads a text that a line feed ends.
  mutating func line() throws(PickleProblem) -> String {
    guard let end = bytes[position...].firstIndex(of: Character8.lineFeed) else {
      throw .endedEarly(byte: start)
    }
    guard let text = String(validating: bytes[position..<end], as: UTF8.self) else {
      throw .operand(.text, byte: start)
    }
    position = end + 1
    return text
  }

  /// Steps over bytes.
  mutating func skip(_ count: Int) throws(PickleProblem) { _ = try take(count) }

  private mutating func take(_ count: Int) throws(PickleProblem) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else { throw .endedEarly(byte: start) }
    defer { position += count }
    return bytes[position..<position + count]
  }
}
