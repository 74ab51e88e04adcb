import Language
import Networks
import Training

extension CommandTable {
  /// The command that compares networks.
  static let diffRow = CommandRow(
    "diff", .networks, usage: "diff NET [NET] [> FILE]",
    "tells how the second network, or the current one, differs from the first",
    details: [
      "Compared are blocks, prices, weights bit by bit, and the outputs for the batch of the next step.",
      "Blocks of a fork are known by their origin, others by name and kind.",
    ],
    examples: ["diff other"], slots: [.network, .network], words: 2, traits: [.redirect],
    endings: CommandRow.answerEndings,
    run: { try $0.diff($1) })
}

extension CommandScope {
  /// Answers `diff NET [NET]`.
  mutating func diff(_ invocation: Invocation) throws -> Report {
    let first = try invocation.word(0, "NET", invocation.row)
    var sides = [try side(first)]
    if invocation.words.count > 1 {
      sides.append(try side(invocation.words[1]))
    } else {
      _ = try currentNetwork(at: invocation.range)
      guard let current = state.current else { return Report() }
      sides.append((state.currentName, current))
    }
    let (left, right) = (sides[0], sides[1])
    let comparison = NetworkComparison(left.known.network, right.known.network)
    var lines = comparison.differences.prefix(Self.mostDifferences).map(Self.line)
    let more = comparison.differences.count - lines.count
    if more > 0 { lines.append(StyledText("and \(Numbers.grouped(more)) more", .dim)) }
    let head = StyledText("\(left.name) → \(right.name)", .emphasis)
    if context.checksOnly || context.isTrial { return Report([head] + lines) }
    let answers = try Answers(left, right, self, at: invocation.range)
    let tensors = Tally(comparison, left.known.network, right.known.network, answers.parameters)
    let isSameInput = left.known.network.input == right.known.network.input
    let data = (["same": .boolean(lines.isEmpty && isSameInput && tensors.isSame)] as JSON)
      .with(Self.data(left, right, comparison))
      .with(["tensors": tensors.data, "outputs": answers.comparison.data])
    if lines.isEmpty, isSameInput, tensors.isSame {
      let line = StyledText(
        "\(left.name) and \(right.name) are the same: every block, "
          + "\(Numbers.count(tensors.same, "tensor")) to the bit")
      return Report([line]) { data }
    }
    if lines.isEmpty { lines = [StyledText("the blocks are the same", .dim)] }
    let (old, new) = (left.known.network, right.known.network)
    if !isSameInput {
      lines.insert(
        StyledText("input  \(old.input.displayText) → \(new.input.displayText)"), at: 0)
    }
    lines.append(Self.count("parameters", old.learnableCount, new.learnableCount))
    lines.append(Self.count("multiply-adds", old.multiplyAdds, new.multiplyAdds))
    lines.append(StyledText(tensors.text(left.name, right.name)))
    lines.append(StyledText(answers.comparison.text(left.name, right.name)))
    return Report([head] + lines) { data }
  }

  private func side(_ word: Word) throws -> (name: String, known: NetworkState) {
    if let known = state.networks[word.text] { return (word.text, known) }
    throw Diagnostic(
      .name, "no network is called \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: state.networkNames), offers: ["net"])
  }

  private static let mostDifferences = 60

  static func line(_ difference: NetworkComparison.Difference) -> StyledText {
    switch difference {
    case .added(let path, let block):
      return StyledText("+ \(path)  ", .good)
        + StyledText(words(for: block), .kind(block.kind.family))
    case .removed(let path, let block):
      return StyledText("- \(path)  ", .bad)
        + StyledText(words(for: block), .kind(block.kind.family))
    case .moved(let from, let to) where from == to:
      return StyledText("  \(span(from))  moved among its neighbours")
    case .moved(let from, let to): return StyledText("  \(span(from))  moved to \(span(to))")
    case .renamed(let path, let name): return StyledText("  \(path)  is now \(name)")
    case .changed(let path, let keys):
      let changes = keys.map { "\($0.key) \($0.before) → \($0.after)" }
      return StyledText("  \(path)  \(changes.joined(separator: ", "))")
    }
  }

  private static func span(_ paths: [String]) -> String {
    guard let first = paths.first, let last = paths.last, paths.count > 1 else {
      return paths.first ?? ""
    }
    return "\(first)..\(last)"
  }

  private static func count(_ noun: String, _ old: Int, _ new: Int) -> StyledText {
    if old == new { return StyledText("\(noun)  \(Numbers.grouped(old)) both") }
    let sign = new > old ? "+" : "−"
    return StyledText(
      "\(noun)  \(Numbers.grouped(old)) → \(Numbers.grouped(new)) "
        + "(\(sign)\(Numbers.grouped(abs(new - old))))")
  }
}
