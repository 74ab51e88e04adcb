/// Fits the arguments of a call to the parameters of a definition.
struct ArgumentBinding {
  let definition: Definition

  /// Values of all parameters that were given, first by place, then by key.
  ///
  /// Throws a diagnostic for an argument too many, unknown or given twice.
  func given(words: [Word], options: [Option]) throws -> [String: Atom] {
    let parameters = definition.parameters
    let signature = definition.signature
    if words.count > parameters.count {
      throw ExpansionProblem.tooManyArguments(
        given: words.count, taken: parameters.count, signature: signature
      ).at(words[parameters.count].range)
    }
    var values: [String: Atom] = [:]
    for (parameter, word) in zip(parameters, words) { values[parameter.name] = word.atom }
    for option in options {
      guard definition.parameterNames.contains(option.name) else {
        let names = parameters.map(\.name)
        throw ExpansionProblem.unknownArgument(
          option.name, suggestions: DidYouMean.suggestions(for: option.name, among: names),
          signature: signature
        ).at(option.nameRange)
      }
      if values.updateValue(option.value.atom, forKey: option.name) != nil {
        throw ExpansionProblem.argumentGivenTwice(option.name, signature: signature)
          .at(option.nameRange)
      }
    }
    return values
  }

  /// The diagnostic for a parameter that has neither a value nor a default.
  func missing(_ parameter: Definition.Parameter, at range: SourceRange) -> Diagnostic {
    ExpansionProblem.missingArgument(parameter.name, signature: definition.signature).at(range)
  }
}
