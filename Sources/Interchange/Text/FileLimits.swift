/// Bounds on what a text file may make us hold.
enum FileLimits {
  /// Values of all examples of a file together; 4 GiB as 32-bit floats.
  static let values = 1 << 30

  /// Bytes that are packed in a file of arrays: as many values of 64 bits.
  static let bytes = values * 8 + 1 << 16

  /// Columns of a row.
  static let columns = 1 << 20

  /// Dimensions of a series.
  static let dimensions = 1 << 16
}
