/// Writes the fields of messages.
struct WireWriter: WireCoder {
  private(set) var bytes: [UInt8] = []

  /// The bytes of a message.
  static func bytes(of message: some WireMessage) throws(OnnxProblem) -> [UInt8] {
    var (writer, message) = (WireWriter(), message)
    try message.code(&writer)
    return writer.bytes
  }

  /// What stands before so many bytes of contents in a field.
  static func start(_ field: UInt64, size: Int) -> [UInt8] {
    var writer = WireWriter()
    writer.start(field, size: size)
    return writer.bytes
  }

  // MARK: Fields

  mutating func integer(_ field: UInt64, _ value: inout Int64) {
    if value != 0 { whole(field, value) }
  }

  mutating func integer(_ field: UInt64, _ value: inout Int32) {
    if value != 0 { whole(field, Int64(value)) }
  }

  mutating func integer(_ field: UInt64, orNothing value: inout Int64?) {
    if let value { whole(field, value) }
  }

  mutating func integers(_ field: UInt64, _ values: inout [Int64]) { packed(field, values) }

  mutating func integers(_ field: UInt64, _ values: inout [Int32]) {
    packed(field, values.map { Int64($0) })
  }

  mutating func float(_ field: UInt64, orNothing value: inout Float?) {
    guard let value else { return }
    number(field << 3 | 5)
    fixed(value.bitPattern)
  }

  mutating func floats(_ field: UInt64, _ values: inout [Float]) {
    if values.isEmpty { return }
    start(field, size: values.count * MemoryLayout<Float>.size)
    for value in values { fixed(value.bitPattern) }
  }

  mutating func doubles(_ field: UInt64, _ values: inout [Double]) {
    if values.isEmpty { return }
    start(field, size: values.count * MemoryLayout<Double>.size)
    for value in values { fixed(value.bitPattern) }
  }

  mutating func text(_ field: UInt64, _ value: inout String) {
    if !value.isEmpty { content(field, Array(value.utf8)) }
  }

  mutating func texts(_ field: UInt64, _ values: inout [String]) {
    for value in values { content(field, Array(value.utf8)) }
  }

  mutating func bytes(_ field: UInt64, _ value: inout [UInt8]) {
    if !value.isEmpty { content(field, value) }
  }

  mutating func message<Message: WireMessage>(_ field: UInt64, _ value: inout Message)
    throws(OnnxProblem)
  {
    if value != Message() { content(field, try Self.bytes(of: value)) }
  }

  mutating func message<Message: WireMessage>(_ field: UInt64, orNothing value: inout Message?)
    throws(OnnxProblem)
  {
    if let value { content(field, try Self.bytes(of: value)) }
  }

  mutating func messages<Message: WireMessage>(_ field: UInt64, _ values: inout [Message])
    throws(OnnxProblem)
  {
    for value in values { content(field, try Self.bytes(of: value)) }
  }

  // MARK: Forms

  private mutating func whole(_ field: UInt64, _ value: Int64) {
    number(field << 3)
    number(UInt64(bitPattern: value))
  }

  private mutating func packed(_ field: UInt64, _ values: [Int64]) {
    if values.isEmpty { return }
    var inner = WireWriter()
    for value in values { inner.number(UInt64(bitPattern: value)) }
    content(field, inner.bytes)
  }

  private mutating func content(_ field: UInt64, _ contents: [UInt8]) {
    start(field, size: contents.count)
    bytes += contents
  }

  private mutating func start(_ field: UInt64, size: Int) {
    number(field << 3 | 2)
    number(UInt64(size))
  }

  private mutating func number(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private mutating func fixed(_ bits: some FixedWidthInteger) {
    withUnsafeBytes(of: bits.littleEndian) { bytes += $0 }
  }
}
