import Language
import Networks

/// How the numbers of a block come about.
struct BlockExplanation: Sendable {
  let located: Located
  let facts: BlockFacts

  /// What it does to its input, in sentences.
  private(set) var sentences: [String]

  /// Where each number comes from: sizes, parameters, receptive field, multiply-adds.
  private(set) var formulas: [BlockFormula]

  /// The explanation of a block of a network; nothing where it is none of its blocks.
  init?(_ located: Located, in network: Network) {
    guard let facts = network.facts[located.block.id] else { return nil }
    self.located = located
    self.facts = facts
    sentences = Self.sentences(on: located.block, facts, in: network)
    if facts.isFrozen { sentences.append("frozen: training leaves what is learned as it is") }
    if located.block.isCheckpointed {
      sentences.append("checkpoint: the backward pass computes the values inside again")
    }
    formulas = []
    switch located.block.form {
    case .layer(let layer):
      let explained = layer.explained
      formulas += Self.sizes(of: explained, facts)
      formulas += Self.parameters(of: located.block, in: network)
      if let windows = explained.windows(facts) {
        formulas += BlockFormula.field(windows, facts.receptiveField)
      }
      if let cost = Self.cost(of: explained, facts) { formulas.append(cost) }
    case .sequential, .repeated, .shared, .residual, .parallel, .join:
      formulas += Self.sums(of: located.block, facts, in: network)
    }
  }

  /// The text of so many lines, formulas one below the other.
  func lines(_ glyphs: Glyphs) -> [StyledText] {
    let block = located.block
    var head = StyledText(located.path, .typable)
    head.append("  " + CommandScope.words(for: block), .kind(block.kind.family))
    let shapes = "\(facts.input.displayText) → \(facts.output.displayText)"
    var lines = [head] + ([shapes] + sentences).map { StyledText("  " + glyphs.spelledFormula($0)) }
    let width = formulas.map(\.subject.count).max() ?? 0
    for formula in formulas {
      var line = StyledText(
        "  " + formula.subject.padding(to: width) + "  ", .dim)
      line.append(formula.text(glyphs))
      lines.append(line)
    }
    if lines.count < Self.mostLines, ExplanationTable.text(on: block.kind.rawValue) != nil {
      lines.append(StyledText("  explain \(block.kind.rawValue)", .typable))
    }
    return lines
  }

  private static let mostLines = 10

  /// The explanation for programs.
  var data: JSON {
    JSON.name(of: located.block, path: located.path).with(.facts(facts)).with([
      "sentences": .texts(sentences), "formulas": .array(formulas.map(\.data)),
    ])
  }
}

extension String {
  /// The text with blanks behind it up to so many characters.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
