/// One layer or container of a network as its text says it, with everything expanded but `repeat`.
package struct Specification: Sendable {
  /// What a specification is of.
  package enum Form: Sendable {
    /// A kind with its arguments: `conv 10 3`, `residual { … }`, `repeat 2 { … }`.
    case written
    /// A call of a definition: `kind` is its name, words and options are the arguments as given,
    /// and the only block is what it expanded to.
    case group
  }

  package let form: Form
  package let kind: Word
  package let words: [Word]
  package let options: [Option]
  package let blocks: [[Specification]]
  /// The statement; within a definition it lies in the definition's source.
  package let range: SourceRange
  /// The call of the definition whose body the statement stands in, if any.
  package let call: DefinitionCall?

  /// The definition whose body the statement stands in, if any.
  package var origin: String? { call?.definition.name }

  /// The option of a name, or nothing.
  package func option(_ name: String) -> Option? { options.first { $0.name == name } }
}
