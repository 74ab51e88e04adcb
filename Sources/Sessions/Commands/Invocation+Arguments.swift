import Language
import Networks

/// Reading the words and keys of a command.
extension Invocation {
  /// The command's row; a kind or definition as a verb is an `add`.
  var row: CommandRow { CommandTable.row(verb.text) ?? CommandTable.addRow }

  /// What reports of the command tell of; a kind or definition as a verb is an `add`.
  func subject(in environment: Environment) -> Report.Subject {
    let isBlock =
      environment.definitions[verb.text] != nil || Kind(word: verb.text)?.row.blocks != nil
    let known = CommandTable.row(verb.text) ?? (isBlock ? CommandTable.addRow : nil)
    return .command(verb: known?.verb ?? verb.text, typed: range.text)
  }

  /// The word at a place, which must be there.
  func word(_ index: Int, _ name: String, _ row: CommandRow) throws(Diagnostic) -> Word {
    if index < words.count { return words[index] }
    throw row.refusal("\(row.verb) needs \(name)", at: range.end)
  }
}

extension Invocation {
  /// Whether it was typed as a call: `conv(10, 3)`.
  var isCall: Bool {
    let next = verb.range.upperBound
    return next < range.upperBound && range.source.text(in: next..<next + 1) == "("
  }

  /// The command as it reads back: texts in quotes where they need them, blocks left out.
  var command: String {
    let parts =
      [verb.text] + words.map { Unparser.text(of: $0.atom) } + options.map(Unparser.text(of:))
    return parts.joined(separator: " ") + (condition.map { " until \($0.text)" } ?? "")
  }

  /// The command as it could be typed now, with one key added or changed; blocks are left out.
  func typed(with change: (key: String, text: String)? = nil) -> String {
    var pairs = options.map { (key: $0.name, text: $0.value.text) }
    if let change {
      if let index = pairs.firstIndex(where: { $0.key == change.key }) {
        pairs[index] = change
      } else {
        pairs.append(change)
      }
    }
    let parts = [verb.text] + words.map(\.text) + pairs.map { "\($0.key)=\($0.text)" }
    return parts.joined(separator: " ")
  }
}

extension ArgumentFault {
  /// The key or value that the fault is about.
  func range(in options: [Option]) -> SourceRange? {
    switch self {
    case .unknownKey(_, let name), .repeated(_, let name):
      options.last { $0.name == name }?.nameRange
    case .value(let kind, let name, _, _):
      options.last { kind.row.parameter(called: $0.name)?.name == name }?.value.range
    case .surplus, .missing: nil
    }
  }
}

extension Word {
  /// A whole number within bounds.
  func integer(_ name: String, in bounds: ClosedRange<Int>) throws(Diagnostic) -> Int {
    if let integer, bounds.contains(integer) { return integer }
    let most = bounds.upperBound == .max ? "" : " to \(Numbers.grouped(bounds.upperBound))"
    throw Diagnostic(
      .argument, "\(name) expects a whole number from \(bounds.lowerBound)\(most), found \(text)",
      at: range)
  }

  /// A number within bounds.
  func number(_ name: String, in bounds: ClosedRange<Double>) throws(Diagnostic) -> Double {
    if let number, bounds.contains(number) { return number }
    throw Diagnostic(
      .argument,
      "\(name) expects a number from \(Numbers.typed(bounds.lowerBound)) to "
        + "\(Numbers.typed(bounds.upperBound)), found \(text)", at: range)
  }

  /// `yes` or `no`.
  func flag(_ name: String) throws(Diagnostic) -> Bool {
    if let boolean { return boolean }
    throw Diagnostic(.argument, "\(name) expects yes or no, found \(text)", at: range)
  }

  /// One of some words.
  func choice(_ name: String, among choices: [String]) throws(Diagnostic) -> String {
    if choices.contains(text) { return text }
    throw Diagnostic(
      .argument, "\(name) expects one of \(choices.joined(separator: ", ")), found \(text)",
      at: range, guessing: DidYouMean.nearest(text, among: choices))
  }
}
