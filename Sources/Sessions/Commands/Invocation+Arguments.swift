import Language

/// Reading the words and keys of a command, with complaints that name its usage.
extension Invocation {
  /// The command's row; a kind or definition as a verb is an `add`.
  var row: CommandRow { CommandTable.row(verb.text) ?? CommandTable.addRow }

  /// Refuses more words than a command takes.
  func expectWords(atMost count: Int, _ row: CommandRow) throws(Diagnostic) {
    guard words.count > count else { return }
    let found = Numbers.count(words.count, "argument")
    let most = count == 0 ? "none" : "at most \(count)"
    throw Diagnostic(
      .argument, "\(row.verb) takes \(most), found \(found)", at: words[count].range,
      notes: [.init("usage: \(row.usage)")])
  }

  /// Refuses keys that a command does not have.
  func expectKeys(_ names: [String], _ row: CommandRow) throws(Diagnostic) {
    for option in options where !names.contains(option.name) {
      let near = DidYouMean.nearest(option.name, among: names)
      throw Diagnostic(
        .argument,
        "\(row.verb) has no key \(option.name)" + (near.map { "; did you mean \($0)?" } ?? ""),
        at: option.range, notes: [.init("usage: \(row.usage)")])
    }
  }

  /// Refuses blocks behind a command that takes none.
  func expectNoBlocks(_ row: CommandRow) throws(Diagnostic) {
    guard let block = blocks.first else { return }
    throw Diagnostic(
      .argument, "\(row.verb) takes no { … }", at: block.range,
      notes: [.init("usage: \(row.usage)")])
  }

  /// The word at a place, which must be there.
  func word(_ index: Int, _ name: String, _ row: CommandRow) throws(Diagnostic) -> Word {
    if index < words.count { return words[index] }
    throw Diagnostic(
      .argument, "\(row.verb) needs \(name)", at: range.end, notes: [.init("usage: \(row.usage)")])
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
    let lower = Value.real(bounds.lowerBound)
    let upper = Value.real(bounds.upperBound)
    throw Diagnostic(
      .argument, "\(name) expects a number from \(lower) to \(upper), found \(text)", at: range)
  }

  /// `yes` or `no`.
  func flag(_ name: String) throws(Diagnostic) -> Bool {
    if let boolean { return boolean }
    throw Diagnostic(.argument, "\(name) expects yes or no, found \(text)", at: range)
  }

  /// One of some words.
  func choice(_ name: String, among choices: [String]) throws(Diagnostic) -> String {
    if choices.contains(text) { return text }
    let near = DidYouMean.nearest(text, among: choices)
    throw Diagnostic(
      .argument,
      "\(name) expects one of \(choices.joined(separator: ", ")), found \(text)"
        + (near.map { "; did you mean \($0)?" } ?? ""),
      at: range)
  }
}
