/// The short name of a kind of mistake, such as `E-SYNTAX`: what `explain` looks up and tests
/// compare.
package struct DiagnosticCode: Sendable, Hashable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  package let description: String

  package init(stringLiteral value: String) { description = value }

  /// The text does not follow the grammar.
  package static let syntax: DiagnosticCode = "E-SYNTAX"
  /// A name that nothing bears.
  package static let name: DiagnosticCode = "E-NAME"
  /// A value of the wrong type.
  package static let type: DiagnosticCode = "E-TYPE"
  /// Arithmetic that has no result.
  package static let arithmetic: DiagnosticCode = "E-ARITHMETIC"
  /// Arguments that do not fit the signature they are given to.
  package static let argument: DiagnosticCode = "E-ARGUMENT"
  /// A bound that keeps hostile or mistaken input from running away.
  package static let limit: DiagnosticCode = "E-LIMIT"
  /// An `expect` that does not hold.
  package static let expect: DiagnosticCode = "E-EXPECT"
  /// Stopped by the user.
  package static let interrupted: DiagnosticCode = "E-INTERRUPTED"
}

/// One message to the user: what is wrong, where, what is known besides, and what can be typed
/// next.
package struct Diagnostic: Error, Sendable, Equatable {
  /// How grave it is.
  package enum Severity: String, Sendable {
    case error, warning

    /// What the user asked for has happened, which is no mistake; shown without its code.
    case notice
  }

  /// A remark that belongs to a diagnostic, with a place of its own or without.
  package struct Note: Sendable, Equatable {
    package var range: SourceRange?
    package var text: String

    /// A note, with a place where it has one.
    package init(_ text: String, at range: SourceRange? = nil) {
      self.text = text
      self.range = range
    }
  }

  package var code: DiagnosticCode
  package var severity: Severity
  package var message: String
  /// The token that the message is about; nil where no text is to blame.
  package var range: SourceRange?
  package var notes: [Note]
  /// Next steps, each a command that can be typed as it stands.
  package var offers: [String]

  /// What to write in place of `range` to repair it; turned into an offer by whoever knows the
  /// whole statement.
  package var replacement: String?

  /// The argument that the message begins with, if it does.
  package var subject: String?

  /// The call of the definition in which `range` lies, if it lies in one.
  package private(set) var call: DefinitionCall?

  /// A diagnostic of a code, a message and a place, with what may be typed next.
  package init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?,
    severity: Severity = .error, notes: [Note] = [], offers: [String] = [],
    replacement: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.range = range
    self.notes = notes
    self.offers = offers
    self.replacement = replacement
  }

  /// Offers a statement with the replacement made in it, if the statement holds the range and has
  /// one line.
  ///
  /// Called for a statement within another and then for the other, so that the whole command is
  /// offered where it fits.
  package mutating func offerReplacement(in statement: SourceRange) {
    guard let replacement, let range, range.source === statement.source,
      statement.lowerBound <= range.lowerBound, range.upperBound <= statement.upperBound
    else { return }
    let before = range.source.text(in: statement.lowerBound..<range.lowerBound)
    let after = range.source.text(in: range.upperBound..<statement.upperBound)
    let offer = before + replacement + after
    if offer.utf8.count <= 160, !offer.utf8.contains(UInt8(ascii: "\n")) { offers = [offer] }
  }

  /// Takes note that the place lies in the definition of a call, if it does; the innermost call counts.
  package mutating func trace(to call: DefinitionCall) {
    guard self.call == nil, let range, call.holds(range) else { return }
    self.call = call
  }

  /// Whether `try` may go on after it: everything but an interruption and an exceeded bound.
  package var isRecoverable: Bool { code != .interrupted && code != .limit }
}
