/// One statement of a command file, a block or a prompt line.
package indirect enum Statement: Sendable {
  case command(CommandSyntax)
  case binding(BindingSyntax)
  case loop(LoopSyntax)
  case conditional(ConditionalSyntax)
  case definition(Definition)
  /// `try { … }`
  case attempt(Block, SourceRange)

  package var range: SourceRange {
    switch self {
    case .command(let command): command.range
    case .binding(let binding): binding.range
    case .loop(let loop): loop.range
    case .conditional(let conditional): conditional.range
    case .definition(let definition): definition.range
    case .attempt(_, let range): range
    }
  }
}

/// `{ … }`; the range includes the braces.
package struct Block: Sendable {
  package let statements: [Statement]
  package let range: SourceRange

  /// The statements between two braces.
  package init(statements: [Statement], range: SourceRange) {
    self.statements = statements
    self.range = range
  }
}

/// A command or a layer: anything that is not control flow.
package struct CommandSyntax: Sendable {
  package var verb: WordSyntax
  package var words: [WordSyntax] = []
  package var options: [OptionSyntax] = []
  package var blocks: [Block] = []
  /// The expression of `expect EXPR`, `train … until EXPR` and `runs where EXPR`.
  package var condition: Expression?
  /// The path behind `>`.
  package var redirect: WordSyntax?
  /// Whether the command ends in `&`.
  package var isBackground = false
  package var range: SourceRange
}

/// A value that is given a name: `let NAME = EXPR`.
package struct BindingSyntax: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let value: Expression
  package let range: SourceRange
}

/// A loop: `for NAME in A..B { … }` or `for NAME in WORD… { … }`.
package struct LoopSyntax: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let items: [WordSyntax]
  package let body: Block
  package let range: SourceRange
}

/// A choice: `if EXPR { … } else if EXPR { … } else { … }`.
package struct ConditionalSyntax: Sendable {
  /// A condition and what is done where it holds.
  package struct Branch: Sendable {
    package let condition: Expression
    package let body: Block
  }

  package let branches: [Branch]
  package let otherwise: Block?
  package let range: SourceRange
}
