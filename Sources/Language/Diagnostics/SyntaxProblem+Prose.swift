extension SyntaxProblem {
  var code: DiagnosticCode {
    switch self {
    case .fileTooLarge, .lineTooLong, .tooManyStatements, .nestedTooDeep: .limit
    case .duplicateOption: .argument
    default: .syntax
    }
  }

  var message: String {
    switch self {
    case .fileTooLarge(let bytes, let limit):
      "the text has \(bytes) bytes, more than the \(limit) that are read"
    case .lineTooLong(let bytes, let limit):
      "the line has \(bytes) bytes, more than the \(limit) that are read"
    case .tooManyStatements(let limit):
      "the text has more than \(limit) statements"
    case .nestedTooDeep(let limit):
      "more than \(limit) braces and parentheses stand within each other"
    case .controlCharacter(let value):
      "the control character U+\(Self.hexadecimal(value)) is not allowed"
    case .typographicQuote(let quote):
      "\(quote) is no quote of this language"
    case .open(.openBrace): "this '{' is never closed"
    case .open(.openParenthesis): "this '(' is never closed"
    case .open(.openString): "this string is never closed"
    case .open(.continuedLine): "'\\' continues the line, but none follows"
    case .strayBackslash: "'\\' has a meaning only at the end of a line and in \"…\""
    case .unmatchedBrace: "this '}' closes nothing"
    case .strayParenthesis(let parenthesis):
      "'\(parenthesis)' must follow a name or '$' directly"
    case .blockWithoutCommand: "a block must follow the word it belongs to"
    case .expectedCommand(let found): "expected a command, found \(found.prose)"
    case .expectedSeparator(let found):
      "expected ';' or a new line, found \(found.prose)"
    case .blankAtEqualSign(let name, _): "'\(name)=…' is written without blanks"
    case .strayEqualSign: "'=' must follow the name of an option directly"
    case .missingOptionValue(let name): "'\(name)=' has no value"
    case .duplicateOption(let name): "'\(name)=' is given twice"
    case .assignmentWithoutLet(let name): "'\(name)' is given a value without 'let'"
    case .comparisonInWords: "comparisons stand after let, if, expect and until, or in $( … )"
    case .dollarWithoutName: "'$' must be followed by a name, a number, '#' or '('"
    case .unknownEscape(let character): "'\\\(character)' means nothing in \"…\""
    case .missingRedirectPath: "'>' must be followed by a file"
    case .wordBehindRedirect: "nothing may follow the file after '>'"
    case .wordBehindAmpersand: "'&' must end the command"
    case .elseWithoutIf: "'else' must follow the '}' of its 'if' on the same line"
    case .malformed(let form, let found): "expected \(form.next), found \(found.prose)"
    case .notAName(_, let text): "'\(text)' is no name"
    case .keywordAsName(_, let text): "'\(text)' is a word of the language"
    case .duplicateParameter(let name): "the parameter '\(name)' is named twice"
    case .requiredBehindDefault(let name):
      "'\(name)' needs a default, because a parameter before it has one"
    case .numberTooLarge(let text): "'\(text)' is too large a number"
    case .malformedNumber(let text): "'\(text)' is no number"
    case .expectedExpression(let found): "expected a value, found \(found.prose)"
    case .expectedOperator(let found): "expected an operator or the end, found \(found.prose)"
    case .chainedComparison: "comparisons cannot be chained"
    case .foreignOperator(let typed, let ours):
      "'\(typed)' is written '\(ours.filter { $0 != " " })' here"
    case .expectedArgument(let found): "expected an argument, found \(found.prose)"
    case .expectedComma(let found): "expected ',' or ')', found \(found.prose)"
    case .callInCall(let name): "'\(name)( … )' cannot be an argument"
    case .malformedTuple: "expected whole numbers such as (3, 5)"
    }
  }

  var notes: [Diagnostic.Note] {
    switch self {
    case .typographicQuote: [.init("strings are written '…' or \"…\"")]
    case .strayBackslash: [.init("a word with special characters is written in quotes: 'a b'")]
    case .strayParenthesis:
      [.init("a value is computed in $( … ); text with parentheses is written in quotes")]
    case .malformed(let form, _): [.init("the form is: \(form.usage)")]
    case .notAName: [.init("a name has letters, digits and '_', and no digit first")]
    case .unknownEscape: [.init("known are \\n \\t \\\" \\\\ \\$")]
    case .chainedComparison: [.init("join them: a < b and b < c")]
    case .callInCall: [.init("numbers, names, strings and $( … ) can")]
    default: []
    }
  }

  var replacement: String? {
    switch self {
    case .blankAtEqualSign(let name, let value): value.isEmpty ? nil : "\(name)=\(value)"
    case .assignmentWithoutLet(let name): "let \(name) ="
    case .comparisonInWords(let text): "$(\(text))"
    case .strayParenthesis("("): "$("
    case .foreignOperator(_, let ours): ours
    default: nil
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension SyntaxProblem.Found {
  var prose: String {
    switch self {
    case .endOfInput: "the end of the text"
    case .endOfLine: "the end of the line"
    case .text(let text): "'\(text)'"
    }
  }
}

extension SyntaxProblem.Form {
  /// What the first missing part is.
  var next: String {
    switch self {
    case .binding: "NAME = VALUE after 'let'"
    case .loop: "NAME in A..B or NAME in WORDS, and a block"
    case .conditional: "'{' after the condition"
    case .definition: "a name, parameters and one block after 'def'"
    case .attempt: "a block or a command"
    }
  }

  var usage: String {
    switch self {
    case .binding: "let NAME = EXPR"
    case .loop: "for NAME in A..B|LIST { … }"
    case .conditional: "if EXPR { … } else { … }"
    case .definition: "def NAME PARAM… PARAM=DEFAULT… { … }"
    case .attempt: "try { … }"
    }
  }
}
