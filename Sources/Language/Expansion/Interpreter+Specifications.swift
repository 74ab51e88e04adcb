extension Interpreter {
  /// The layers that a block says, with definitions, loops and conditions expanded.
  ///
  /// Names that the block binds end with it. Throws a diagnostic for the first mistake.
  package func specifications(
    of statements: [Statement], facts: FactProvider = .none,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> [Specification] {
    var expander = expander(facts, isCancelled)
    return try expander.specifications(of: statements)
  }

  /// The layer that words and blocks say: the kind, its arguments and its blocks, as behind `add`.
  package func specification(
    of phrase: Phrase, facts: FactProvider = .none, isCancelled: @escaping () -> Bool = { false }
  ) throws -> Specification {
    var expander = expander(facts, isCancelled)
    return try expander.specification(of: phrase)
  }

  /// The layer of `add KIND …`, or of a command whose verb is the kind itself (`residual { … }`,
  /// `RES 10 3`).
  package func specification(
    of invocation: Invocation, facts: FactProvider = .none,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> Specification {
    var kind = invocation.verb
    var words = invocation.words
    if kind.isAdd {
      guard let first = words.first else {
        let problem =
          invocation.blocks.isEmpty ? ExpansionProblem.missingKind : ExpansionProblem.loneBlock
        throw problem.at(kind.range.end)
      }
      kind = first
      words.removeFirst()
    }
    return try specification(
      of: Phrase(
        kind: kind, words: words, options: invocation.options, blocks: invocation.blocks,
        range: invocation.range),
      facts: facts, isCancelled: isCancelled)
  }

  private func expander(
    _ facts: FactProvider, _ isCancelled: @escaping () -> Bool
  ) -> Expander {
    let evaluator = Evaluator(environment: environment, facts: facts, limits: limits)
    return Expander(evaluator: evaluator, isCancelled: isCancelled)
  }
}
