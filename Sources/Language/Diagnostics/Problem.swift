/// Facts about a mistake; the extensions in the `…+Prose` files put them into words.
protocol Problem: Sendable {
  var code: DiagnosticCode { get }
  /// One line without a final stop.
  var message: String { get }
  var notes: [Diagnostic.Note] { get }
  var offers: [String] { get }
  /// What to write in place of the range that is to blame, if that repairs it.
  var replacement: String? { get }
}

extension Problem {
  var notes: [Diagnostic.Note] { [] }
  var offers: [String] { [] }
  var replacement: String? { nil }

  /// The diagnostic of this problem at a place.
  func at(_ range: SourceRange?) -> Diagnostic {
    Diagnostic(
      code, message, at: range, notes: notes, offers: offers, replacement: replacement)
  }
}
