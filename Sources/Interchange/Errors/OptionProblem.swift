/// A setting of a file format that is unknown or has an impossible value.
package enum OptionProblem: Equatable, Sendable {
  /// A setting that another one makes pointless.
  case pointless(name: String, other: String)

  /// More than one file of a format that reads one for each part.
  case oneFile(format: String)
  case unknown(name: String, format: String, known: [String])

  /// `form` is how the format's table writes the value.
  case badValue(name: String, form: String, found: String)
}
