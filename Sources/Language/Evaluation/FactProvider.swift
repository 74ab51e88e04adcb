/// Answers the names and calls of expressions that are about the session: `params(net)`,
/// `accuracy(test)`, `loss`.
package struct FactProvider {
  /// One argument of a fact.
  package struct Argument: Sendable {
    /// The text: a name or path as written, or the text of a computed value.
    package let text: String
    /// The value of a computed argument; nil for a bare name or path.
    package let value: Value?
    package let range: SourceRange
  }

  /// What is asked.
  package struct Query: Sendable {
    package let name: String
    /// Empty for a bare name.
    package let arguments: [Argument]
    /// The whole name or call.
    package let range: SourceRange
  }

  /// All names that can be asked, for guessing at mistyped ones and for completion.
  package var names: [String]
  /// The answer, or nil when the name is unknown; throws when the name is known but has no answer
  /// now.
  package var resolve: (Query) throws -> Value?

  /// A provider of names, with what each query is answered.
  package init(names: [String], resolve: @escaping (Query) throws -> Value?) {
    self.names = names
    self.resolve = resolve
  }

  /// Knows nothing.
  package static var none: FactProvider { FactProvider(names: []) { _ in nil } }
}
