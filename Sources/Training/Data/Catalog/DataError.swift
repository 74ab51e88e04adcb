import Networks

/// A wish about data that cannot be met: facts; `DataError+Prose` has the words.
package enum DataError: Error, Equatable, Sendable {
  case unknownSetting(String, source: String, known: [String])
  case badValue(source: String, setting: String, form: String, preset: String, found: String)

  /// More than `limit` values in all examples together.
  case tooManyValues(source: String, limit: Int)

  /// More bytes than can be had, for a source or a set; `count` is how many examples would do, where some would.
  case memory(name: String, needed: Int, available: Int, count: Int?)
  /// A part of a text that is shorter than a window of `length` and the character behind it.
  case shortText(source: String, length: Int)
  case splitFraction(Double)

  /// Rows of a file that could not be read.
  case rows(RowFault)

  /// The user asked for an end.
  case interrupted

  /// A part would have no example.
  case splitTooSmall(fraction: Double, count: Int)
}

extension DataError {
  /// Rows that could not be read, or an end that the user asked for meanwhile.
  init(_ fault: RowFault) {
    self = fault.problem == .interrupted ? .interrupted : .rows(fault)
  }

  /// Throws `interrupted` where the user asked for an end.
  static func checkInterruption() throws(DataError) {
    if Interruption.isRequested() { throw .interrupted }
  }
}
