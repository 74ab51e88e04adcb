/// A message of Protocol Buffers.
protocol WireMessage: Equatable, Sendable {
  /// A message in which no field is set.
  init()

  /// Hands each field and its number to a coder, which writes or sets it, in the order of their numbers.
  mutating func code(_ coder: inout some WireCoder) throws(OnnxProblem)
}

/// What writes the fields of messages, or reads them.
///
/// A field that has the value it has in a new message is not written.
protocol WireCoder {
  mutating func integer(_ field: UInt64, _ value: inout Int64) throws(OnnxProblem)
  mutating func integer(_ field: UInt64, _ value: inout Int32) throws(OnnxProblem)
  mutating func integers(_ field: UInt64, _ values: inout [Int64]) throws(OnnxProblem)
  mutating func integers(_ field: UInt64, _ values: inout [Int32]) throws(OnnxProblem)
  mutating func floats(_ field: UInt64, _ values: inout [Float]) throws(OnnxProblem)
  mutating func doubles(_ field: UInt64, _ values: inout [Double]) throws(OnnxProblem)
  mutating func text(_ field: UInt64, _ value: inout String) throws(OnnxProblem)
  mutating func texts(_ field: UInt64, _ values: inout [String]) throws(OnnxProblem)
  mutating func bytes(_ field: UInt64, _ value: inout [UInt8]) throws(OnnxProblem)
  mutating func message<Message: WireMessage>(_ field: UInt64, _ value: inout Message)
    throws(OnnxProblem)
  mutating func messages<Message: WireMessage>(_ field: UInt64, _ values: inout [Message])
    throws(OnnxProblem)

  /// An integer that is written where there is one, be it 0.
  mutating func integer(_ field: UInt64, orNothing value: inout Int64?) throws(OnnxProblem)

  /// A float that is written where there is one, be it 0.
  mutating func float(_ field: UInt64, orNothing value: inout Float?) throws(OnnxProblem)

  /// A message that is written where there is one, be it empty.
  mutating func message<Message: WireMessage>(_ field: UInt64, orNothing value: inout Message?)
    throws(OnnxProblem)
}
