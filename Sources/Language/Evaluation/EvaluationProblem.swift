/// What can be wrong with an expression or a substitution when it gets its value.
enum EvaluationProblem: Problem {
  /// Where a truth value was needed.
  enum Place: Sendable {
    case condition, and, or, not
  }

  case unknownName(String, suggestions: [String])
  case unknownFact(String, suggestions: [String])
  case unknownVariable(String, suggestions: [String])
  case missingPositional(Int, given: Int)
  case notNumbers(ArithmeticOperator, Value, Value)
  case notANumber(sign: Value)
  case notExtremes(function: String, Value)
  case notBoolean(Place, Value)
  case notOrdered(Comparator, Value, Value)
  case overflow(ArithmeticOperator, Value, Value)
  case negationOverflow(Value)
  case divisionByZero(ArithmeticOperator, Value)
  /// A power of 0 below 0, or of a number below 0 that is not whole.
  case noPower(Value, Value)
  case noArguments(function: String)
  case wordTooLong(bytes: Int, limit: Int)
  case tooMuchText(limit: Int)
  /// More than `let` keeps of all names together.
  case tooMuchKept(limit: Int)
  case numberTooLarge(text: String)
  /// A comparison that does not hold, with the text of the whole and both values.
  case unmet(comparison: String, found: Value, other: Value?, message: String?)
  /// An expression without comparison that yields `no`.
  case untrue(expression: String, message: String?)
}

extension Value {
  /// What the value is called in messages: `the text 'relu'`, `3`, `yes`.
  var prose: String {
    switch self {
    case .integer, .real, .boolean, .none: description
    case .string(let text): "the text '\(text)'"
    case .shape: "the shape \(description)"
    }
  }
}
