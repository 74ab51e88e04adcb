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
    let tensors = Tally(comparison, left.known.network, right.known.network, answers)
    let isSameInput = left.known.network.input == right.known.network.input
    if lines.isEmpty, isSameInput, tensors.isSame {
      return Report(
        "\(left.name) and \(right.name) are the same: every block, "
          + "\(Numbers.count(tensors.same, "tensor")) to the bit")
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
    lines.append(StyledText(answers.text))
    return Report([head] + lines)
  }

  private func side(_ word: Word) throws -> (name: String, known: NetworkState) {
    if let known = state.networks[word.text] { return (word.text, known) }
    throw Diagnostic(
      .name, "no network is called \(word.text)", at: word.range,
      guessing: DidYouMean.nearest(word.text, among: state.networkNames), offers: ["net"])
  }

  private static let mostDifferences = 60

  private static func line(_ difference: NetworkComparison.Difference) -> StyledText {
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

/// What two networks know and answer to the same inputs.
private struct Answers {
  let parameters: [ParameterStore]
  let text: String

  init(
    _ left: (name: String, known: NetworkState), _ right: (name: String, known: NetworkState),
    _ scope: CommandScope, at range: SourceRange
  ) throws {
    let (old, new) = (left.known.network, right.known.network)
    let state = scope.state
    let fits = state.data.map { $0.train.shape == old.input && $0.train.count > 0 } ?? false
    let data: Dataset
    if fits, let known = state.data {
      data = known
    } else {
      data = .random(old.input)
    }
    let requests = [left, right].map { side in
      RunRequest(
        name: side.name, network: side.known.network, learned: side.known.weights, data: data,
        recipe: state.recipe, length: .steps(0))
    }
    let isComparable = old.input == new.input && old.output == new.output
    let rows = try scope.computing(at: range) {
      isComparable ? try requests[0].nextRows() : []
    }
    let size = old.input.count
    let inputs = zip(requests, [old, new]).map { request, network in
      let values: [Float] = rows.flatMap { data.train.inputs.values[$0 * size..<($0 + 1) * size] }
      return (
        request: request,
        inputs: Tensor(shape: [rows.count] + network.input.extents, values: values)
      )
    }
    let answers: [(outputs: Tensor, parameters: ParameterStore)] = try scope.computing(at: range) {
      try scope.context.calculator.answers(of: inputs)
    }
    parameters = answers.map { $0.parameters }
    guard isComparable else {
      let isInput = old.input != new.input
      let (one, other) = isInput ? (old.input, new.input) : (old.output, new.output)
      let verb = isInput ? "takes" : "gives"
      text =
        "outputs are not compared: \(left.name) \(verb) \(one.displayText), "
        + "\(right.name) \(other.displayText)"
      return
    }
    let greatest = Self.distance(answers[0].outputs.values, answers[1].outputs.values)
    let what =
      fits
      ? "\(Numbers.count(rows.count, "example")) of \(data.name)"
      : "\(Numbers.count(rows.count, "random input"))"
    text = "outputs  max |Δ| \(Numbers.significant(greatest, digits: 3)) on \(what)"
  }

  /// The greatest distance of two rows of numbers; infinite where one is no number.
  private static func distance(_ left: [Float], _ right: [Float]) -> Double {
    var greatest = 0.0
    for (one, other) in zip(left, right) where one.bitPattern != other.bitPattern {
      let distance = abs(Double(one) - Double(other))
      greatest = max(greatest, distance.isNaN ? .infinity : distance)
    }
    return greatest
  }
}

/// How many tensors are the same to the bit.
private struct Tally {
  var same = 0
  var other = 0
  var onlyLeft = 0
  var onlyRight = 0

  init(_ comparison: NetworkComparison, _ left: Network, _ right: Network, _ answers: Answers) {
    var known = Set(right.parameters.map(\.key))
    for specification in left.parameters {
      let key = specification.key
      guard let partner = comparison.partners[key.block] else {
        onlyLeft += 1
        continue
      }
      let match = ParameterKey(block: partner, role: key.role)
      guard known.remove(match) != nil else {
        onlyLeft += 1
        continue
      }
      let one = answers.parameters[0][key]
      let two = answers.parameters[1][match]
      let isSame =
        one?.shape == two?.shape
        && one?.values.map(\.bitPattern) == two?.values.map(\.bitPattern)
      if isSame { same += 1 } else { other += 1 }
    }
    onlyRight = known.count
  }

  var isSame: Bool { other + onlyLeft + onlyRight == 0 }

  /// `tensors  12 the same to the bit, 3 differ, 2 only in wide`.
  func text(_ left: String, _ right: String) -> String {
    var parts = ["\(Numbers.grouped(same)) the same to the bit"]
    if other > 0 { parts.append("\(Numbers.grouped(other)) \(other == 1 ? "differs" : "differ")") }
    if onlyLeft > 0 { parts.append("\(Numbers.grouped(onlyLeft)) only in \(left)") }
    if onlyRight > 0 { parts.append("\(Numbers.grouped(onlyRight)) only in \(right)") }
    return "tensors  " + parts.joined(separator: ", ")
  }
}
