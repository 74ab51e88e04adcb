/// What a parser must be told about its host.
package struct ParserOptions: Sendable {
  package var limits = LanguageLimits()
  /// The full verb that an abbreviation stands for at the prompt; asked for commands outside
  /// braces.
  package var fullVerb: @Sendable (String) -> String = { $0 }

  /// Verbs stand in full.
  package init() {}
}

/// The verbs that the grammar itself knows.
package enum Keyword {
  static let binding = "let"
  static let loop = "for"
  static let conditional = "if"
  static let otherwise = "else"
  static let definition = "def"
  static let attempt = "try"
  static let time = "time"
  static let sweep = "sweep"
  static let add = "add"
  static let until = "until"
  static let filter = "where"
  static let expectation = "expect"
  static let help = "help"

  /// Verbs that the interpreter carries out itself, so that no host ever sees them.
  package static let controlFlow = [binding, loop, conditional, definition, attempt]

  /// Names that no `let`, `for` or parameter may take, because expressions give them a meaning.
  static let reservedInExpressions: Set<String> = [
    "and", "or", "not", "min", "max", "yes", "no", "true", "false", "none",
  ]

  /// Names that no `def` may take, because the grammar gives them a meaning.
  static let reservedVerbs: Set<String> = [
    binding, loop, conditional, otherwise, definition, attempt, time, add, expectation, help,
  ]

  /// The word that begins an expression behind a verb; nothing where none does.
  static func conditionWord(of verb: String) -> String? {
    switch verb {
    case "train", "step", "wait", "resume": until
    case "runs": filter
    default: nil
    }
  }
}
