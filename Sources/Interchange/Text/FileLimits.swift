/// Bounds on what a text file may make us hold.
enum FileLimits {
  /// Values of all examples of a file together; 4 GiB as 32-bit floats.
  static let values = 1 << 30

  /// Columns of a row.
  static let columns = 1 << 20

  /// Dimensions of a series.
  static let dimensions = 1 << 16
}
