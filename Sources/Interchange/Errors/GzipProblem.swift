/// Gzip data that cannot be unpacked; bytes are counted in the packed file.
package enum GzipProblem: Equatable, Sendable {
  /// The file ends within what is packed.
  case endsEarly(byte: Int)

  /// Bytes that are no gzip data, or do not agree with a checksum, before this one.
  case damaged(byte: Int)

  /// More than `limit` bytes are packed.
  case tooMuch(limit: Int)
}
