extension ExpansionProblem {
  var code: DiagnosticCode {
    switch self {
    case .missingArgument, .tooManyArguments, .unknownArgument, .argumentGivenTwice, .blockGiven:
      .argument
    case .reservedName: .name
    case .notARange, .kindIsNoName: .type
    case .missingKind, .loneBlock, .commandInBlock: .syntax
    case .recursionTooDeep, .expansionTooDeep, .runTooDeep, .tooManySpecifications,
      .tooManyIterations, .tooManySteps:
      .limit
    case .interrupted: .interrupted
    }
  }

  var message: String {
    switch self {
    case .missingArgument(let name, _): "'\(name)' is missing"
    case .tooManyArguments(let given, let taken, _):
      "\(given) values are given, \(taken) are taken"
    case .unknownArgument(let name, _, _): "'\(name)=' is no parameter"
    case .argumentGivenTwice(let name, _): "'\(name)' is given twice"
    case .blockGiven: "a definition takes no block"
    case .reservedName(let name): "'\(name)' already is a command or a layer"
    case .notARange(let text): "the range '\(text)' needs whole numbers, such as 1..3"
    case .missingKind: "expected a layer or a container after 'add'"
    case .loneBlock: "a block must follow the word it belongs to"
    case .commandInBlock(let verb): "'\(verb)' is a command; a block of layers holds layers only"
    case .kindIsNoName(let value): "expected the name of a layer, found \(value.prose)"
    case .recursionTooDeep(let name, let limit):
      "'\(name)' calls itself, or others, more than \(limit) deep"
    case .expansionTooDeep(let limit):
      "more than \(limit) blocks, loops and calls stand within each other"
    case .runTooDeep(let limit): "more than \(limit) blocks and files run within each other"
    case .tooManySpecifications(let limit):
      "the command expands to more than \(limit) layers and containers"
    case .tooManyIterations(let limit): "the command loops more than \(limit) times"
    case .tooManySteps(let limit): "the command executes more than \(limit) statements"
    case .interrupted: "interrupted"
    }
  }

  var notes: [Diagnostic.Note] {
    switch self {
    case .missingArgument(_, let signature), .tooManyArguments(_, _, let signature),
      .argumentGivenTwice(_, let signature), .blockGiven(let signature):
      [.init("the definition is: \(signature)")]
    case .unknownArgument(_, let suggestions, let signature):
      (suggestions.isEmpty
        ? [] : [.init("did you mean \(suggestions.joined(separator: ", "))?")])
        + [.init("the definition is: \(signature)")]
    case .tooManySpecifications:
      [.init("'repeat N { … }' keeps one copy of the text for N blocks")]
    default: []
    }
  }

  var offers: [String] {
    switch self {
    case .missingArgument(_, let signature), .tooManyArguments(_, _, let signature),
      .unknownArgument(_, _, let signature), .argumentGivenTwice(_, let signature),
      .blockGiven(let signature):
      signature.split(separator: " ").first.map { ["help \($0)"] } ?? []
    default: []
    }
  }

  var replacement: String? {
    if case .unknownArgument(_, let suggestions, _) = self { suggestions.first } else { nil }
  }
}
