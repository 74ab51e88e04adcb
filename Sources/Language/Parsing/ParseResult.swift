/// Why an input is not finished yet, with the place that waits for its end.
package enum Incompleteness: Sendable, Equatable {
  case openBrace(SourceRange)
  case openParenthesis(SourceRange)
  case openString(SourceRange)
  /// The last line ends in `\`.
  case continuedLine(SourceRange)
}

/// What a text says, as far as it goes.
package struct ParseResult: Sendable {
  /// The statements; whatever was left open counts as closed at the end of the text.
  package let statements: [Statement]
  /// What is still open, so that the prompt reads on; nil for a finished text.
  package let incompleteness: Incompleteness?
}
