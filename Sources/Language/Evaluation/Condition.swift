/// An expression together with the names it may use: what `expect` checks once and `train … until`
/// again and again.
package struct Condition: Sendable {
  package let expression: Expression
  let environment: Environment
  let limits: LanguageLimits

  /// The expression as written.
  package var text: String { expression.range.text }

  /// Whether it holds now.
  ///
  /// Throws a diagnostic when the expression has no value, or one that is neither `yes` nor `no`.
  package func holds(_ facts: FactProvider) throws -> Bool {
    var evaluator = Evaluator(environment: environment, facts: facts, limits: limits)
    return try evaluator.truth(of: expression, for: .condition)
  }

  /// Asks once for every fact in it, also those behind `and` and `or` that decide nothing.
  ///
  /// Throws a diagnostic where one has no answer.
  package func askAll(_ facts: FactProvider) throws {
    var evaluator = Evaluator(environment: environment, facts: facts, limits: limits)
    try evaluator.askAll(expression)
  }

  /// Throws `E-EXPECT` with the values found when the condition does not hold.
  ///
  /// Of several conditions joined by `and` the first that fails is reported.
  ///
  /// - Parameter message: the user's own words, which then come first.
  package func check(_ facts: FactProvider, message: String? = nil) throws {
    var evaluator = Evaluator(environment: environment, facts: facts, limits: limits)
    try check(expression, with: &evaluator, message: message)
  }

  private func check(
    _ expression: Expression, with evaluator: inout Evaluator, message: String?
  ) throws {
    let text = expression.range.text
    switch expression.node {
    case .all(let operands):
      for operand in operands { try check(operand, with: &evaluator, message: message) }
    case .comparison(let left, let comparator, let right):
      let found = try evaluator.value(of: left)
      let other = try evaluator.value(of: right)
      if try Arithmetic.compare(found, comparator, other, at: expression.range) { return }
      throw EvaluationProblem.unmet(
        comparison: text, found: found, other: right.isLiteral ? nil : other, message: message
      ).at(expression.range)
    default:
      if try evaluator.truth(of: expression, for: .condition) { return }
      throw EvaluationProblem.untrue(expression: text, message: message).at(expression.range)
    }
  }
}

extension Expression {
  /// Whether its text already shows its value.
  fileprivate var isLiteral: Bool { if case .literal = node { true } else { false } }
}
