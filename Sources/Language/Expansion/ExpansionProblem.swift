/// What can be wrong when statements are executed or expanded.
enum ExpansionProblem: Problem {
  case missingArgument(String, signature: String)
  case tooManyArguments(given: Int, taken: Int, signature: String)
  case unknownArgument(String, suggestions: [String], signature: String)
  case argumentGivenTwice(String, signature: String)
  case blockGiven(signature: String)
  case reservedName(String)
  case notARange(String)
  case missingKind
  case loneBlock
  case commandInBlock(String)
  case kindIsNoName(Value)
  case recursionTooDeep(String, limit: Int)
  case expansionTooDeep(limit: Int)
  case runTooDeep(limit: Int)
  case tooManySpecifications(limit: Int)
  case tooManyIterations(limit: Int)
  case tooManySteps(limit: Int)
  case interrupted
}
