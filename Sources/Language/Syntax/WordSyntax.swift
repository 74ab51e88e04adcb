/// A word as written, before substitution.
package struct WordSyntax: Sendable {
  /// What a word is written as.
  package enum Form: Sendable {
    /// A word without substitutions, read once.
    case constant(Atom)
    /// A word with substitutions; their texts are joined and never split again.
    case composed([WordPart])
  }

  package let form: Form
  package let range: SourceRange

  /// The text of a word without substitutions and quotes.
  package var bareText: String? {
    if case .constant(let atom) = form, atom.kind != .string { atom.text } else { nil }
  }
}

/// A piece of a word or of a `"…"` string.
package enum WordPart: Sendable {
  case bare(String)
  case quoted(String)
  case variable(Variable)
  /// `$( … )`
  case expression(Expression)
}

/// `name=atom` as written.
package struct OptionSyntax: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let value: WordSyntax

  package var range: SourceRange { nameRange.extended(to: value.range) }
}
