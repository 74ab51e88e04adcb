/// A safetensors file that breaks the format, or an attempt to write such a file.
package enum SafetensorsProblem: Error, Equatable, Sendable {
  /// Fewer than the 8 bytes of the header's length, or a header longer than the file.
  case shorterThanHeader(size: Int, needed: UInt64)
  case headerTooLong(length: UInt64, limit: Int)

  /// The header is no JSON of the right form; `byte` counts from the header's first, 0.
  case syntax(expected: Syntax, byte: Int, found: UInt8?)
  /// A name that occurs twice, in a header at a byte or among the tensors to write.
  case duplicateName(String, byte: Int?)
  case unknownField(String, byte: Int)
  case missingField(Field, tensor: String)
  case unknownElementType(String, tensor: String)

  /// The shape's product, or its size in bytes, is beyond a machine integer.
  case shapeTooLarge(tensor: String, shape: [Int])

  /// The offsets span `found` bytes where the shape needs `expected`.
  case byteCount(tensor: String, expected: Int, found: Int)

  /// The offsets leave a gap, overlap, or run backwards.
  case offsets(tensor: String, expectedStart: Int, start: Int, end: Int)

  /// The tensors fill `described` bytes of the `found` behind the header.
  case dataSize(described: Int, found: Int)
  case noSuchTensor(String, names: [String])

  /// A name that the format keeps for itself.
  case reservedName(String)

  /// What the header should have had at a place.
  package enum Syntax: Equatable, Sendable {
    case byte(UInt8)
    case either(UInt8, UInt8)
    case integer
    case text
    case escape
    case endOfHeader
  }

  /// What a tensor's entry consists of.
  package enum Field: String, CaseIterable, Equatable, Sendable {
    case dtype
    case shape
    case offsets = "data_offsets"
  }
}
