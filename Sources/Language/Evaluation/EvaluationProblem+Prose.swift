extension EvaluationProblem {
  var code: DiagnosticCode {
    switch self {
    case .unknownName, .unknownFact, .unknownVariable, .missingPositional: .name
    case .notNumbers, .notANumber, .notExtremes, .notBoolean, .notOrdered: .type
    case .overflow, .negationOverflow, .divisionByZero, .noPower, .numberTooLarge: .arithmetic
    case .noArguments: .argument
    case .wordTooLong, .tooMuchText, .tooMuchKept: .limit
    case .unmet, .untrue: .expect
    }
  }

  var message: String {
    switch self {
    case .unknownName(let name, _): "nothing is named '\(name)'"
    case .unknownFact(let name, _): "there is no fact '\(name)( … )'"
    case .unknownVariable(let name, _): "'$\(name)' has no value"
    case .missingPositional(let index, let given):
      "'$\(index)' has no value: the file was given \(Self.count(given, "argument"))"
    case .notNumbers(let operation, let left, let right):
      "'\(operation.rawValue)' needs two numbers, found \(left.prose) and \(right.prose)"
    case .notANumber(let value): "'-' needs a number, found \(value.prose)"
    case .notExtremes(let function, let value):
      "'\(function)' needs numbers, found \(value.prose)"
    case .notBoolean(let place, let value):
      "\(place.prose) needs yes or no, found \(value.prose)"
    case .notOrdered(let comparator, let left, let right):
      "'\(comparator.rawValue)' needs two numbers, found \(left.prose) and \(right.prose)"
    case .overflow(let operation, let left, let right):
      "\(left) \(operation.rawValue) \(right) is too large a number"
    case .negationOverflow(let value): "-(\(value)) is too large a number"
    case .divisionByZero(let operation, let left): "\(left) \(operation.rawValue) 0 has no value"
    case .noPower(let base, let exponent): "(\(base)) ** (\(exponent)) has no value"
    case .noArguments(let function): "'\(function)( )' needs at least one number"
    case .wordTooLong(let bytes, let limit):
      "the word has \(bytes) bytes after substitution, more than the limit of \(limit)"
    case .tooMuchText(let limit):
      "the command makes more than \(limit) bytes of text by substitution"
    case .tooMuchKept(let limit):
      "the names and texts that let keeps would have more than \(limit) bytes"
    case .numberTooLarge(let text): "'\(text)' is too large a number"
    case .unmet(_, _, _, let message?), .untrue(_, let message?): message
    case .unmet(let comparison, let found, nil, nil): "expected \(comparison), found \(found)"
    case .unmet(let comparison, let found, let other?, nil):
      "expected \(comparison), found \(found) and \(other)"
    case .untrue(let expression, nil): "expected \(expression), found no"
    }
  }

  var notes: [Diagnostic.Note] {
    switch self {
    case .unknownName(let name, let suggestions):
      suggestions.isEmpty
        ? [.init("text is written in quotes: \"\(name)\"")] : Self.didYouMean(suggestions)
    case .unknownVariable(let name, []):
      [.init("a name gets its value by: let \(name) = EXPR")]
    case .unknownVariable(_, let suggestions), .unknownFact(_, let suggestions):
      Self.didYouMean(suggestions)
    case .notNumbers(.add, .string, _), .notNumbers(.add, _, .string):
      [.init("texts are joined in quotes: \"$a$b\"")]
    case .unmet(let comparison, let found, let other, _?):
      [
        .init(
          "expected \(comparison), found \(found)" + (other.map { " and \($0)" } ?? ""))
      ]
    case .untrue(let expression, _?): [.init("expected \(expression), found no")]
    default: []
    }
  }

  var replacement: String? {
    switch self {
    case .unknownName(_, let suggestions), .unknownFact(_, let suggestions): suggestions.first
    case .unknownVariable(_, let suggestions): suggestions.first.map { "$\($0)" }
    default: nil
    }
  }

  private static func didYouMean(_ names: [String]) -> [Diagnostic.Note] {
    names.isEmpty ? [] : [.init("did you mean \(names.joined(separator: ", "))?")]
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}

extension EvaluationProblem.Place {
  var prose: String {
    switch self {
    case .condition: "a condition"
    case .and: "'and'"
    case .or: "'or'"
    case .not: "'not'"
    }
  }
}
