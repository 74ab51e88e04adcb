/// What can be wrong with a text before anything is evaluated.
enum SyntaxProblem: Problem {
  /// What stands where something else was expected.
  enum Found: Sendable, Equatable {
    case endOfInput
    case endOfLine
    case text(String)
  }

  /// The keywords with a form of their own.
  enum Form: Sendable {
    case binding, loop, conditional, definition, attempt
  }

  /// Who gives a name.
  enum Naming: String, Sendable {
    case binding = "let"
    case loop = "for"
    case definition = "def"
    case parameter
  }

  case fileTooLarge(bytes: Int, limit: Int)
  case lineTooLong(bytes: Int, limit: Int)
  case tooManyStatements(limit: Int)
  case nestedTooDeep(limit: Int)
  case controlCharacter(UInt32)
  case typographicQuote(Character)
  case open(Incompleteness)
  case strayBackslash
  case unmatchedBrace
  case strayParenthesis(Character)
  case blockWithoutCommand
  case expectedCommand(Found)
  case expectedSeparator(Found)
  case blankAtEqualSign(name: String, value: String)
  case strayEqualSign
  case missingOptionValue(name: String)
  case duplicateOption(name: String)
  case assignmentWithoutLet(name: String)
  case comparisonInWords(text: String)
  case dollarWithoutName
  case unknownEscape(Character)
  case missingRedirectPath
  case wordBehindRedirect
  case wordBehindAmpersand
  case elseWithoutIf
  case malformed(Form, Found)
  case notAName(Naming, text: String)
  case keywordAsName(Naming, text: String)
  case duplicateParameter(name: String)
  case requiredBehindDefault(name: String)
  case numberTooLarge(text: String)
  case malformedNumber(text: String)
  case expectedExpression(Found)
  case expectedOperator(Found)
  case chainedComparison
  case foreignOperator(typed: String, ours: String)
  case expectedArgument(Found)
  case expectedComma(Found)
  case callInCall(name: String)
  case malformedTuple
}
