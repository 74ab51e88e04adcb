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
    var cursor = WireCursor(bytes, range)
    while let field = try cursor.next() {
      switch field.value {
      case .number, .fixed: break
      case .content(let content):
        if let inner = message.field(field.number) {
          try walk(inner, content)
        } else {
          decodedSize += Self.fieldSize + content.count * message.growth(of: field.number)
        }
      }
      decodedSize += Self.fieldSize / 2
    }
  }
}
