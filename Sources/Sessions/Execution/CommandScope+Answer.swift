import Language
import Networks

/// Answering a command on a state.
extension CommandScope {
  /// Has the command's row answer; leaves a changed state and effects.
  ///
  /// - Throws: A diagnostic with a place and a next step, of a command that is to change nothing.
  mutating func answer(to invocation: Invocation) throws -> Report {
    guard let row = CommandTable.row(invocation.verb.text) ?? implicitAdd(invocation) else {
      throw unknown(invocation)
    }
    let before = state
    do {
      try row.check(invocation)
      return try row.run(&self, invocation)
    } catch let diagnostic as Diagnostic where diagnostic.code != .interrupted {
      // Offers are tried on the state as it was.
      state = before
      throw completed(diagnostic, of: invocation, row)
    }
  }

  /// A diagnostic of a command that blames what was typed, and has a place and a next step.
  func completed(_ diagnostic: Diagnostic, of invocation: Invocation, _ row: CommandRow)
    -> Diagnostic
  {
    var diagnostic = diagnostic
    refuseIdleWildcard(in: &diagnostic, of: invocation)
    diagnostic = blaming(diagnostic, of: invocation)
    diagnostic.complete(for: invocation, row)
    return diagnostic
  }

  /// Withdraws a pattern that was to stand in a path's place if the command would not take it.
  private func refuseIdleWildcard(in diagnostic: inout Diagnostic, of invocation: Invocation) {
    guard diagnostic.code == .path, diagnostic.replacement?.contains("*") == true else { return }
    var repaired = diagnostic
    repaired.offerReplacement(in: invocation.range)
    if working(repaired.offers).isEmpty { diagnostic.replacement = nil }
  }

  /// A container or a definition may be typed without `add`.
  private func implicitAdd(_ invocation: Invocation) -> CommandRow? {
    let verb = invocation.verb.text
    if state.environment.definitions[verb] != nil { return CommandTable.addRow }
    return Kind(word: verb)?.row.blocks == nil ? nil : CommandTable.addRow
  }

  private func unknown(_ invocation: Invocation) -> Diagnostic {
    let verb = invocation.verb
    if let kind = Kind(word: verb.text) {
      let added = ["add \(typed(asLayer: kind, invocation))"]
      let following = Self.layers(behind: invocation.range).map { "add \($0)" }
      let all = workingWithInput((added + following).joined(separator: "; "))
      let offer = all ?? workingWithInput(added[0])
      let isAlone = !invocation.isCall && following.isEmpty && state.current != nil
      return Diagnostic(
        .name, "\(verb.text) is a layer; layers are added", at: verb.range,
        offers: (offer.map { [$0] } ?? []) + ["help \(verb.text)"],
        replacement: isAlone ? "add \(verb.text)" : nil)
    }
    if let refusal = refusalOfBroughtWord(invocation) { return refusal }
    let verbs = CommandTable.rows.map(\.verb) + LanguageNotes.constructs.map(\.name)
    let beginning = verb.text.isEmpty ? [] : verbs.filter { $0.hasPrefix(verb.text) }
    if beginning.count > 1 {
      return Diagnostic(
        .name, "\(verb.text) could be \(beginning.joined(separator: ", "))", at: verb.range,
        offers: ["help"])
    }
    let known = verbs + Kind.allCases.map(\.rawValue) + state.environment.definitionNames
    return Diagnostic(
      .name, "no command is called \(verb.text)", at: verb.range,
      guessing: beginning.first ?? nearest(verb.text, among: known), offers: ["help"])
  }

  /// The layers that follow a command in its line, as in `conv 8 3; bn; relu`.
  private static func layers(behind range: SourceRange) -> [String] {
    let source = range.source
    let line = source.bytes(ofLine: source.line(at: range.lowerBound))
    guard range.upperBound < line.upperBound else { return [] }
    let rest = source.text(in: range.upperBound..<line.upperBound)
    return rest.split(separator: ";").map { $0.split(separator: " ").joined(separator: " ") }
      .filter { !$0.isEmpty }
      .prefix { Kind(word: String($0.prefix { $0 != " " })) != nil }
      .map { $0 }
  }

  /// The word that may have been meant: one of ours, or what one that people bring stands for.
  private func nearest(_ word: String, among known: [String]) -> String? {
    let near = DidYouMean.nearest(word, among: known + BroughtWord.forVerbs)
    return near.map { known.contains($0) ? $0 : BroughtWord.of($0)?.verb ?? $0 }
  }

  /// A layer as it is typed here.
  private func typed(asLayer kind: Kind, _ invocation: Invocation) -> String {
    typed(asPyTorchHas: kind, invocation.words, invocation.options)
      ?? Self.typed(kind, invocation.words, invocation.options)
  }

  /// Of a layer as PyTorch has it, `conv2d(3, 64, 7)`, what is typed here, without the inputs.
  ///
  /// A third word of 1 or 2 is the stride of a convolution.
  ///
  /// - Returns: Nothing where the first word is not what the layer would get.
  func typed(asPyTorchHas kind: Kind, _ words: [Word], _ options: [Option]) -> String? {
    let needed = kind.row.parameters.count { $0.isPositional && $0.defaultText == nil }
    if kind.family == .convolution, words.count == needed + 1, let stride = words.last?.integer,
      (1...2).contains(stride)
    {
      return Self.typed(kind, words.dropLast(), options) + " stride=\(stride)"
    }
    guard needed > 0, words.count == needed + 1, let network = state.current?.network,
      let inputs = words.first?.integer,
      inputs == (kind == .dense ? network.output.count : network.output.channels)
    else { return nil }
    return Self.typed(kind, words.dropFirst(), options)
  }

  private static func typed(_ kind: Kind, _ words: some Sequence<Word>, _ options: [Option])
    -> String
  {
    let options = options.map { "\($0.name)=\($0.value.text)" }
    return ([kind.rawValue] + words.map(\.text) + options).joined(separator: " ")
  }
}
