/// A look over the bytes of a model before they are decoded: where they break off, and what they will take.
///
/// An empty message is two bytes in a file and hundreds in memory, so the sum is known before any is taken.
struct OnnxWireScan {
  /// About how many bytes the decoded model takes.
  private(set) var decodedSize = 0
  private let bytes: UnsafeRawBufferPointer

  /// Walks over all messages of a model.
  init(_ bytes: UnsafeRawBufferPointer) throws(OnnxProblem) {
    self.bytes = bytes
    try walk(.model, 0..<bytes.count)
  }

  /// The messages that are looked into.
  private enum Message {
    case model, graph, node, attribute, tensor, value, type, tensorType, shape
    case leaf

    /// The message in a field, or nothing for one that is skipped or holds no messages.
    func field(_ number: UInt64) -> Message? {
      switch (self, number) {
      case (.model, 7): .graph
      case (.model, 8), (.model, 14), (.shape, 1): .leaf
      case (.graph, 1): .node
      case (.graph, 5), (.attribute, 5): .tensor
      case (.graph, 11), (.graph, 12): .value
      case (.node, 5): .attribute
      case (.value, 2): .type
      case (.type, 1): .tensorType
      case (.tensorType, 2): .shape
      default: nil
      }
    }

    /// Bytes in memory for each byte of a field that is no message.
    func growth(of number: UInt64) -> Int {
      switch (self, number) {
      case (.tensor, 1), (.tensor, 5), (.tensor, 7), (.attribute, 8): 8
      default: 1
      }
    }
  }

  /// What a message or a text takes beside its contents.
  private static let messageSize = 512
  private static let fieldSize = 32

  private mutating func walk(_ message: Message, _ range: Range<Int>) throws(OnnxProblem) {
    decodedSize += Self.messageSize
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      let key = try number(&position, range.upperBound)
      let (field, kind) = (key >> 3, key & 7)
      guard (1...0x1FFF_FFFF).contains(field) else { throw .bytes(.key(key), byte: start) }
      switch kind {
      case 0: _ = try number(&position, range.upperBound)
      case 1: position += 8
      case 5: position += 4
      case 2:
        let length = try number(&position, range.upperBound)
        guard length <= UInt64(range.upperBound - position) else {
          throw .bytes(.endsEarly, byte: range.upperBound)
        }
        let content = position..<position + Int(length)
        if let inner = message.field(field) {
          try walk(inner, content)
        } else {
          decodedSize += Self.fieldSize + content.count * message.growth(of: field)
        }
        position = content.upperBound
      default: throw .bytes(.key(key), byte: start)
      }
      if position > range.upperBound { throw .bytes(.endsEarly, byte: range.upperBound) }
      decodedSize += Self.fieldSize / 2
    }
  }

  private func number(_ position: inout Int, _ end: Int) throws(OnnxProblem) -> UInt64 {
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
