/// What one command has used up of its `LanguageLimits` so far.
struct Meter: Sendable {
  var specifications = 0
  var iterations = 0
  var steps = 0
  var text = 0

  /// Counts the bytes of a word that substitution made.
  mutating func count(text bytes: Int, limits: LanguageLimits, at range: SourceRange) throws {
    if bytes > limits.wordLength {
      throw EvaluationProblem.wordTooLong(bytes: bytes, limit: limits.wordLength).at(range)
    }
    text += bytes
    if text > limits.substitutedText {
      throw EvaluationProblem.tooMuchText(limit: limits.substitutedText).at(range)
    }
  }

  mutating func countIteration(limits: LanguageLimits, at range: SourceRange) throws {
    iterations += 1
    if iterations > limits.iterations {
      throw ExpansionProblem.tooManyIterations(limit: limits.iterations).at(range)
    }
  }

  mutating func countSpecification(limits: LanguageLimits, at range: SourceRange) throws {
    specifications += 1
    if specifications > limits.specifications {
      throw ExpansionProblem.tooManySpecifications(limit: limits.specifications).at(range)
    }
  }

  /// Counts a statement and asks now and then whether the user wants to stop.
  mutating func countStep(
    limits: LanguageLimits, isCancelled: () -> Bool, at range: SourceRange
  ) throws {
    steps += 1
    if steps > limits.steps {
      throw ExpansionProblem.tooManySteps(limit: limits.steps).at(range)
    }
    if steps & 63 == 1, isCancelled() { throw ExpansionProblem.interrupted.at(range) }
  }
}
