import Language
import Networks

/// Mistakes inside definitions, told of what was typed.
extension CommandScope {
  /// A mistake inside a definition, turned into one about the argument that led to it.
  ///
  /// Of a definition of the library only what was typed is shown; of the user's own, its line as a note.
  /// Where no argument is to blame, the library's line gives way to the call, and a user's stays.
  func blaming(_ diagnostic: Diagnostic, of invocation: Invocation) -> Diagnostic {
    guard let call = diagnostic.call, let range = diagnostic.range, call.holds(range) else {
      return diagnostic
    }
    let arguments = call.arguments(behind: range).filter {
      $0.word.range.source === invocation.range.source
    }
    let outermost = call.outermost
    let isOurs = Library.owns(range.source)
    var result = diagnostic
    result.notes = diagnostic.notes.filter { $0.range == nil }
    if !isOurs {
      result.notes.append(Diagnostic.Note("in '\(call.definition.name)', here", at: range))
    }
    let help = "help \(outermost.definition.name)"
    let bounds = arguments.prefix(Self.mostBlamed).lazy.compactMap { argument in
      self.least(argument, invocation, diagnostic.code).map { (argument, $0) }
    }
    if let (argument, least) = bounds.first {
      result.message =
        "\(outermost.definition.name): \(argument.parameter.name) must be at least \(least), "
        + "found \(argument.word.text)"
      result.range = argument.word.range
      result.replacement = "\(least)"
      result.offers = [help]
      return result
    }
    let mended = arguments.prefix(Self.mostBlamed).lazy.compactMap { argument in
      self.guess(diagnostic, argument, invocation).map { (argument: argument, text: $0) }
    }.first
    guard let argument = mended?.argument ?? arguments.first else {
      guard outermost.kind.range.source === invocation.range.source else { return diagnostic }
      guard isOurs else {
        var result = diagnostic
        if diagnostic.notes.allSatisfy({ $0.range == nil }) {
          result.notes.append(
            Diagnostic.Note(
              "in '\(outermost.definition.name)', called here", at: outermost.kind.range))
        }
        return result
      }
      result.message = "\(outermost.definition.name): \(diagnostic.message)"
      result.range = outermost.kind.range
      result.replacement = nil
      return result
    }
    let (name, found) = (argument.parameter.name, argument.word.text)
    if argument.isDirect, let subject = diagnostic.subject, diagnostic.message.hasPrefix(subject) {
      result.message =
        "\(outermost.definition.name): \(name)\(diagnostic.message.dropFirst(subject.count))"
    } else {
      result.message =
        "\(outermost.definition.name): \(name)=\(found) leads to: \(diagnostic.message)"
    }
    result.range = argument.word.range
    result.replacement = mended?.text
    if diagnostic.code != .shape || diagnostic.offers.isEmpty { result.offers = [help] }
    return result
  }

  /// A text that does in place of an argument's: what it may have been meant to be, its default, or a small number.
  private func guess(
    _ diagnostic: Diagnostic, _ argument: DefinitionCall.Argument, _ invocation: Invocation
  ) -> String? {
    let near = argument.isDirect ? diagnostic.replacement : nil
    let guesses = [near, argument.parameter.defaultValue?.range.text, "1", "3"]
    return guesses.compactMap { $0 }.first { guess in
      !guess.contains("$") && guess != argument.word.text
        && isAccepted(guess, for: argument, invocation)
    }
  }

  /// The least whole number that does in place of an argument's, where that is too small.
  private func least(
    _ argument: DefinitionCall.Argument, _ invocation: Invocation, _ code: DiagnosticCode
  ) -> Int? {
    guard code == .argument, let found = argument.word.integer, found < Self.mostLeast else {
      return nil
    }
    let first = max(found, -1) + 1
    return (first...first + Self.mostLeast).first { number in
      isAccepted("\(number)", for: argument, invocation)
    }
  }

  /// How far the least number that does is looked for.
  private static let mostLeast = 4

  /// The most arguments that are tried with other values.
  private static let mostBlamed = 4

  /// Whether the command would be accepted with another text in place of an argument's.
  private func isAccepted(
    _ text: String, for argument: DefinitionCall.Argument, _ invocation: Invocation
  ) -> Bool {
    let statement = invocation.range
    let word = argument.word.range
    guard word.source === statement.source, statement.lowerBound <= word.lowerBound,
      word.upperBound <= statement.upperBound
    else { return false }
    let before = word.source.text(in: statement.lowerBound..<word.lowerBound)
    let after = word.source.text(in: word.upperBound..<statement.upperBound)
    return outcome(of: before + text + after) != nil
  }
}
