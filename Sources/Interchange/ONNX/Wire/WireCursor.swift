/// A walk over the fields of a message in the wire format of Protocol Buffers.
///
/// Places are those in all the bytes, also where the message is a part of them.
struct WireCursor {
  /// A field and what it holds.
  struct Field {
    let number: UInt64
    let value: Value
  }

  /// What a field holds, by the form in which it is written.
  enum Value {
    case number(UInt64)

    /// The places of eight or four bytes of a fixed number.
    case fixed(Range<Int>)

    /// The places of a text, of a message, or of numbers one after the other.
    case content(Range<Int>)
  }

  let bytes: UnsafeRawBufferPointer
  private var position: Int
  private let end: Int

  /// A walk over a message that stands at some places of the bytes.
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// Whether all has been read.
  var isAtEnd: Bool { position >= end }

  /// The next field, or nothing at the end; throws where the bytes break off or are no field.
  mutating func next() throws(OnnxProblem) -> Field? {
    guard position < end else { return nil }
    let start = position
    let key = try number()
    guard (1...0x1FFF_FFFF).contains(key >> 3) else { throw .bytes(.key(key), byte: start) }
    return Field(number: key >> 3, value: try value(of: key, at: start))
  }

  private mutating func value(of key: UInt64, at start: Int) throws(OnnxProblem) -> Value {
    switch key & 7 {
    case 0: return .number(try number())
    case 1: return .fixed(try take(8))
    case 2:
      let length = try number()
      guard let length = Int(exactly: length) else { throw .bytes(.endsEarly, byte: end) }
      return .content(try take(length))
    case 5: return .fixed(try take(4))
    default: throw .bytes(.key(key), byte: start)
    }
  }

  private mutating func take(_ count: Int) throws(OnnxProblem) -> Range<Int> {
    guard count <= end - position else { throw .bytes(.endsEarly, byte: end) }
    defer { position += count }
    return position..<position + count
  }

  /// The next number of seven bits a byte.
  mutating func number() throws(OnnxProblem) -> UInt64 {
    let start = position
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < end else { throw .bytes(.endsEarly, byte: end) }
      let byte = bytes[position]
      position += 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
    }
    throw .bytes(.number, byte: start)
  }
}
