/// Sets the fields of messages to what stands in bytes.
///
/// Each field that is read is offered to the message, which knows it by its number. One that is not known, or
/// is written in a form of another type, is left out; of one that stands there twice the later holds.
struct WireReader: WireCoder {
  private let source: UnsafeRawBufferPointer
  private let field: WireCursor.Field

  /// The message that bytes hold; throws where they break off, are no fields, or a text is not UTF-8.
  static func message<Message: WireMessage>(_ bytes: UnsafeRawBufferPointer) throws(OnnxProblem)
    -> Message
  {
    var message = Message()
    try read(&message, bytes, 0..<bytes.count)
    return message
  }

  private static func read(
    _ message: inout some WireMessage, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) throws(OnnxProblem) {
    var cursor = WireCursor(bytes, range)
    while let field = try cursor.next() {
      var reader = WireReader(source: bytes, field: field)
      try message.code(&reader)
    }
  }

  // MARK: Fields

  func integer(_ field: UInt64, _ value: inout Int64) {
    if let number = number(field) { value = Int64(bitPattern: number) }
  }

  func integer(_ field: UInt64, _ value: inout Int32) {
    if let number = number(field) { value = Int32(truncatingIfNeeded: number) }
  }

  func integer(_ field: UInt64, orNothing value: inout Int64?) {
    if let number = number(field) { value = Int64(bitPattern: number) }
  }

  func integers(_ field: UInt64, _ values: inout [Int64]) throws(OnnxProblem) {
    try numbers(field) { values.append(Int64(bitPattern: $0)) }
  }

  func integers(_ field: UInt64, _ values: inout [Int32]) throws(OnnxProblem) {
    try numbers(field) { values.append(Int32(truncatingIfNeeded: $0)) }
  }

  func float(_ field: UInt64, orNothing value: inout Float?) {
    guard case .fixed(let range)? = self.value(field), range.count == 4 else { return }
    value = Float(bitPattern: UInt32(littleEndian: load(range.lowerBound)))
  }

  func floats(_ field: UInt64, _ values: inout [Float]) throws(OnnxProblem) {
    try fixed(field, UInt32.self) { values.append(Float(bitPattern: $0)) }
  }

  func doubles(_ field: UInt64, _ values: inout [Double]) throws(OnnxProblem) {
    try fixed(field, UInt64.self) { values.append(Double(bitPattern: $0)) }
  }

  func text(_ field: UInt64, _ value: inout String) throws(OnnxProblem) {
    if let range = content(field) { value = try text(at: range) }
  }

  func texts(_ field: UInt64, _ values: inout [String]) throws(OnnxProblem) {
    if let range = content(field) { values.append(try text(at: range)) }
  }

  func bytes(_ field: UInt64, _ value: inout [UInt8]) {
    if let range = content(field) { value = Array(source[range]) }
  }

  func message<Message: WireMessage>(_ field: UInt64, _ value: inout Message) throws(OnnxProblem) {
    if let range = content(field) { try Self.read(&value, source, range) }
  }

  func message<Message: WireMessage>(_ field: UInt64, orNothing value: inout Message?)
    throws(OnnxProblem)
  {
    guard let range = content(field) else { return }
    var message = value ?? Message()
    try Self.read(&message, source, range)
    value = message
  }

  func messages<Message: WireMessage>(_ field: UInt64, _ values: inout [Message])
    throws(OnnxProblem)
  {
    guard let range = content(field) else { return }
    var message = Message()
    try Self.read(&message, source, range)
    values.append(message)
  }

  // MARK: Forms

  private func value(_ number: UInt64) -> WireCursor.Value? {
    field.number == number ? field.value : nil
  }

  private func number(_ field: UInt64) -> UInt64? {
    guard case .number(let number)? = value(field) else { return nil }
    return number
  }

  private func content(_ field: UInt64) -> Range<Int>? {
    guard case .content(let range)? = value(field) else { return nil }
    return range
  }

  /// The numbers of a field that is written once for each, or once for all.
  private func numbers(_ field: UInt64, _ body: (UInt64) -> Void) throws(OnnxProblem) {
    switch value(field) {
    case .number(let number)?: body(number)
    case .content(let range)?:
      var cursor = WireCursor(source, range)
      while !cursor.isAtEnd { body(try cursor.number()) }
    case .fixed?, nil: break
    }
  }

  private func fixed<Bits: FixedWidthInteger>(
    _ field: UInt64, _ type: Bits.Type, _ body: (Bits) -> Void
  ) throws(OnnxProblem) {
    let size = MemoryLayout<Bits>.size
    switch value(field) {
    case .fixed(let range)? where range.count == size:
      body(.init(littleEndian: load(range.lowerBound)))
    case .content(let range)?:
      guard range.count % size == 0 else { throw .bytes(.endsEarly, byte: range.upperBound) }
      for place in stride(from: range.lowerBound, to: range.upperBound, by: size) {
        body(.init(littleEndian: load(place)))
      }
    case .fixed?, .number?, nil: break
    }
  }

  private func load<Bits: FixedWidthInteger>(_ place: Int) -> Bits {
    var bits: Bits = 0
    withUnsafeMutableBytes(of: &bits) { target in
      let bytes = source[place..<place + target.count]
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes))
    }
    return bits
  }

  private func text(at range: Range<Int>) throws(OnnxProblem) -> String {
    guard let text = String(validating: source[range], as: UTF8.self) else { throw .noModel }
    return text
  }
}
