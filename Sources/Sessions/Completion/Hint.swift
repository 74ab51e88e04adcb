import Language
import Networks

/// What is known of a line before it is entered.
package struct Hint: Hashable, Sendable {
  /// What entering the line would lead to.
  package enum Outcome: Hashable, Sendable {
    /// Nothing that can be told beforehand.
    case unknown

    /// The shape the network would have, and what it would cost more.
    case network(String)

    /// Why the line would be refused.
    case refusal(String)
  }

  /// How the command at the cursor is typed; empty where none is begun.
  package var signature: StyledText

  /// The part of the signature that is being typed stands out.
  package var outcome: Outcome
}

extension Session {
  /// What is known of a line that is being typed, with the cursor at an offset in UTF-8 bytes; nothing changes.
  package func hint(for text: String, at cursor: Int) -> Hint {
    let source = SourceText(text: text)
    let context = CursorContext(of: source, at: cursor, fullVerb: { CommandTable.fullVerb($0) })
    return Hint(signature: signature(of: context), outcome: preview(source))
  }

  /// The usage of the command or kind at the cursor.
  private func signature(of context: CursorContext) -> StyledText {
    guard let verb = context.phrase.verb?.text else { return StyledText() }
    if !context.isAmongLayers, let row = CommandTable.row(verb) {
      let position = row.slots.firstIndex(of: .kind)
      guard let position, position < context.phrase.words.count else {
        return StyledText(row.usage, .dim)
      }
      return signature(
        ofKind: context.phrase.words[position].text,
        given: context.phrase.words.count - position - 1, context) ?? StyledText(row.usage, .dim)
    }
    if let construct = LanguageNotes.constructs.first(where: { $0.name == verb }) {
      return StyledText(construct.usage, .dim)
    }
    return signature(ofKind: verb, given: context.phrase.words.count, context) ?? StyledText()
  }

  /// The parameters of a kind or definition, the one that is being typed emphasised.
  private func signature(ofKind word: String, given: Int, _ context: CursorContext) -> StyledText? {
    var key: String?
    if case .value(let name) = context.site { key = name }
    var result = StyledText(word + " ", .typable)
    if let kind = Kind(word: word) {
      let row = kind.row
      key = key.map { row.parameter(called: $0)?.name ?? $0 }
      let positional = row.parameters.filter(\.isPositional)
      let shown = row.parameters.filter { !$0.isCommon || $0.name == key }
      for (index, parameter) in shown.enumerated() {
        let isHere =
          key == parameter.name || (key == nil && index == given && index < positional.count)
        let text =
          parameter.isPositional
          ? parameter.name.uppercased() + (parameter.defaultText.map { "=\($0)" } ?? "")
          : "\(parameter.name)=\(parameter.defaultText ?? "")"
        result.append(text + " ", isHere ? .emphasis : .dim)
      }
      if let blocks = row.blocks {
        result.append(blocks.upperBound > 1 ? "{ … } { … }" : "{ … }", .dim)
      }
      return result
    }
    guard let definition = state.environment.definitions[word] else { return nil }
    for (index, parameter) in definition.parameters.enumerated() {
      let isHere = key == parameter.name || (key == nil && index == given)
      result.append(parameter.text + " ", isHere ? .emphasis : .dim)
    }
    return result
  }

  /// What the line would do to the current network, tried on a copy of the session.
  private func preview(_ source: SourceText) -> Hint.Outcome {
    guard let parsed = try? Parser.parse(source, options: parserOptions), !parsed.statements.isEmpty
    else { return .unknown }
    var context = scope.context
    context.isTrial = true
    var rehearsal = Rehearsal(state, context, knowsFacts: false) { invocation in
      guard let row = CommandTable.row(invocation.verb.text) else { return }
      if ![.build, .edit].contains(row.group) { throw NotPreviewed() }
    }
    do {
      try rehearsal.run(parsed.statements, limits: .hint)
    } catch let diagnostic as Diagnostic {
      return isHalfTyped(diagnostic) ? .unknown : .refusal(diagnostic.message)
    } catch {
      return .unknown
    }
    guard let after = rehearsal.state.current?.network else { return .unknown }
    return outcome(before: state.current?.network, after: after)
  }

  /// Whether a complaint is only that the line is not finished.
  private func isHalfTyped(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.code {
    case .shape: false
    default: true
    }
  }

  private func outcome(before: Network?, after: Network) -> Hint.Outcome {
    if let before, before.root == after.root, before.input == after.input { return .unknown }
    let parameters = after.learnableCount - (before?.learnableCount ?? 0)
    var text = after.output.displayText
    if parameters != 0 {
      let sign = parameters > 0 ? "+" : "−"
      text += ", \(sign)\(Numbers.count(abs(parameters), "parameter"))"
    }
    return .network(glyphs.spell(text))
  }
}

/// A command whose effect is not tried beforehand.
private struct NotPreviewed: Error {}
