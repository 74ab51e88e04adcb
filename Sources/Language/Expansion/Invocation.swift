/// One command, ready to be executed: everything substituted but its blocks.
package struct Invocation: Sendable {
  /// The full verb, at the place where it or its abbreviation was typed.
  package let verb: Word
  package let words: [Word]
  package let options: [Option]
  /// Blocks as written; see `Interpreter.specifications` and `Interpreter.run`.
  package let blocks: [Block]
  /// The expression of `expect EXPR`, `train … until EXPR` and `runs where EXPR`.
  package let condition: Condition?
  /// The file behind `>`.
  package let redirect: Word?
  /// Whether the command ends in `&`.
  package let isBackground: Bool
  package let range: SourceRange

  /// The option of a name, or nothing.
  package func option(_ name: String) -> Option? { options.first { $0.name == name } }
}
