/// A setting of a file format that is unknown or has an impossible value.
package enum OptionProblem: Equatable, Sendable {
  case unknown(name: String, format: String, known: [String])

  /// `form` is how the format's table writes the value.
  case badValue(name: String, form: String, found: String)
}
