import Language
import Networks

/// Refusing what a command does not take, by its row.
extension CommandRow {
  /// Refuses words, keys, braces and endings that the command does not take.
  func check(_ invocation: Invocation) throws(Diagnostic) {
    try checkWords(invocation)
    if !traits.contains(.anyKeys) {
      let names = keys.map(\.name)
      for option in invocation.options where !names.contains(option.name) {
        guard let lead = BroughtKey.lead(from: option, of: invocation) else { continue }
        throw Diagnostic(
          .argument, "\(verb) has no key \(option.name); \(lead.says)", at: option.nameRange,
          notes: [.init("usage: \(usage)")], offers: lead.offers)
      }
      try check(invocation.options, among: names)
    }
    if let block = invocation.blocks.first, !traits.contains(.blocks) {
      throw refusal("\(verb) takes no { … }", at: block.range)
    }
    if let redirect = invocation.redirect {
      if traits.isDisjoint(with: [.redirect, .ownRedirect]) {
        throw refusal("\(verb) has no answer to write to a file", at: redirect.range)
      }
      try checkEnding(of: redirect, invocation)
    }
    if invocation.isBackground, !traits.contains(.background) {
      let verbs = Numbers.list(CommandTable.verbs(.background))
      throw refusal("only \(verbs) go on in the background, found & after \(verb)", at: nil)
    }
  }

  /// What help explains a complaint: the kind that is added, else the command.
  fileprivate func topic(of invocation: Invocation) -> String {
    guard slots.first == .kind || slots.dropFirst().first == .kind else { return verb }
    let words = [invocation.verb.text] + invocation.words.map(\.text)
    return words.first { Kind(word: $0) != nil } ?? verb
  }

  private func checkWords(_ invocation: Invocation) throws(Diagnostic) {
    guard let mostWords, invocation.words.count > mostWords else { return }
    let found = Numbers.count(invocation.words.count, "word")
    let most = mostWords == 0 ? "no words" : "at most \(Numbers.count(mostWords, "word"))"
    throw refusal("\(verb) takes \(most), found \(found)", at: invocation.words[mostWords].range)
  }

  /// Refuses keys that are none of these.
  func check(_ options: [Option], among names: [String]) throws(Diagnostic) {
    for option in options where !names.contains(option.name) {
      throw Diagnostic(
        .argument,
        names.isEmpty ? "\(verb) takes no keys" : "\(verb) has no key \(option.name)",
        at: option.nameRange, guessing: DidYouMean.nearest(option.name, among: names),
        notes: [.init("usage: \(usage)")])
    }
  }

  /// A complaint that tells the usage.
  func refusal(_ message: String, at range: SourceRange?) -> Diagnostic {
    Diagnostic(.argument, message, at: range, notes: [.init("usage: \(usage)")])
  }
}

extension Diagnostic {
  /// A complaint about a name, with the one that may have been meant: said, and offered in its place.
  init(
    _ code: DiagnosticCode, _ message: String, at range: SourceRange?, guessing near: String?,
    notes: [Note] = [], offers: [String] = []
  ) {
    self.init(
      code, message + (near.map { "; did you mean \($0)?" } ?? ""), at: range, notes: notes,
      offers: offers, replacement: near)
  }

  /// Gives a complaint of a command a place and a next step, where it has none.
  mutating func complete(for invocation: Invocation, _ row: CommandRow) {
    if range == nil, code != .interrupted, code != .diverged { range = invocation.range }
    if offers.isEmpty, replacement == nil, code.needsNextStep {
      offers = ["help \(row.topic(of: invocation))"]
    }
  }

  /// Gives a complaint that has no next step the help on the command it is about.
  mutating func completeOffers() {
    guard offers.isEmpty, code.needsNextStep, let range else { return }
    let line = range.source.text(
      in: range.source.bytes(ofLine: range.source.line(at: range.lowerBound)))
    let first = range.source.bytes(ofLine: range.source.line(at: range.lowerBound)).lowerBound
    let before = range.source.text(in: first..<range.lowerBound)
    let inner = before.split(whereSeparator: { "{;".contains($0) }).reversed()
    let verbs = (inner + [Substring(line)]).compactMap { statement in
      statement.split(whereSeparator: { $0 == " " || $0 == "{" }).first.map(String.init)
    }
    let known = verbs.first { verb in
      CommandTable.row(verb) != nil || LanguageNotes.constructs.contains { $0.name == verb }
    }
    offers = ["help \(known ?? "language")"]
  }
}

extension DiagnosticCode {
  /// Whether something can be typed that helps.
  fileprivate var needsNextStep: Bool { self != .interrupted && self != .expect }
}
