import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that checks whether a network can learn at all.
  static let checkRow = CommandRow(
    "check", .look, usage: "check [PATH]",
    "checks a network before it is trained: first loss, one batch, gradients, relus, batch norm",
    details: [
      "The first loss of new weights is held against guessing, one batch is to be learned by heart on a copy,",
      "gradients are held against central differences of the loss, relus must not be dead, and running",
      "statistics must fit the data. With a path gradients and relus of that block alone.",
    ],
    examples: ["check", "check conv1", "check > check.json"], slots: [.path], words: 1,
    traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.check($1) })
}

extension CommandScope {
  /// Answers `check [PATH]`.
  func check(_ invocation: Invocation) throws -> Report {
    let request = try requestForCopy(at: invocation.range)
    var blocks: Set<BlockID>?
    if let word = invocation.words.first {
      let targets = try refusing(at: word.range) { () throws(PathFault) in
        try request.network.someBlocks(matching: word.text)
      }
      blocks = targets.reduce(into: []) { $1.block.collect(into: &$0) }
    }
    if context.checksOnly { return Report("would check \(request.name)") }
    var fresh = request
    fresh.learned = LearnedState()
    let budget = TrialBudget(request)
    let chosen = blocks
    let (first, batch) = try computing(at: invocation.range) { [fresh] in
      try context.calculator.withCopy(of: fresh) { copy in
        (
          try FirstLoss(copy, examples: budget.examples),
          try OneBatch(copy, within: TrialTime(seconds: Self.secondsForBatch))
        )
      }
    }
    // Differences of losses in bfloat16 would be those of rounding.
    var exact = request
    exact.recipe.precision = .float32
    let seen = try computing(at: invocation.range) {
      try context.calculator.withCopy(of: exact) { copy in
        let gradients = try GradientComparison(
          copy, of: chosen, within: TrialTime(seconds: Self.secondsForGradients))
        return (
          gradients, try LiveRelus(copy, of: chosen, examples: budget.examples),
          try StatisticsCheck(copy, examples: budget.examples)
        )
      }
    }
    let results = [
      first.result, batch.result, seen.0.result, seen.1.result, seen.2.result,
    ].compactMap(\.self)
    return Report(CheckResult.lines(results)) {
      [
        "network": .text(request.name),
        "ok": .boolean(results.allSatisfy { $0.verdict != .wrong }),
        "checks": .array(results.map(\.data)),
      ]
    }
  }

  private static let (secondsForBatch, secondsForGradients) = (3.0, 3.0)
}

extension Networks.Block {
  /// Adds the identities of the block and all inside.
  fileprivate func collect(into blocks: inout Set<BlockID>) {
    blocks.insert(id)
    for child in children { child.collect(into: &blocks) }
  }
}

/// One thing that was checked.
struct CheckResult: Sendable {
  /// What came of it.
  enum Verdict: String, Sendable {
    case fine = "ok"
    case wrong

    /// There is nothing of the kind, or time ran out.
    case open
  }

  let name: String
  let verdict: Verdict

  /// What was found, with its number.
  let text: String
  let figures: JSON

  /// The results as a table.
  static func lines(_ results: [CheckResult]) -> [StyledText] {
    var table = TextTable([("", .leading), ("", .leading), ("", .leading)])
    for result in results {
      let role: TextRole =
        switch result.verdict {
        case .fine: .good
        case .wrong: .bad
        case .open: .dim
        }
      let word = result.verdict == .open ? "" : result.verdict.rawValue
      table.append([StyledText(word, role), StyledText(result.name), StyledText(result.text)])
    }
    return table.proseLines
  }

  /// The result for programs.
  var data: JSON {
    [
      "check": .text(name), "verdict": .text(verdict.rawValue), "text": .text(text),
      "figures": figures,
    ]
  }
}
