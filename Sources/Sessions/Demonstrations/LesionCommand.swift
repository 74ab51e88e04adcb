import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that leaves out blocks.
  static let lesionRow = CommandRow(
    "lesion", .demonstrate, usage: "lesion [each|PATH] [> FILE.csv|FILE.json]",
    "measures the network without one block after the other, without learning anew",
    details: [
      "Of a residual block the body is left out: its shortcut stays, a projection too. A block elsewhere passes on",
      "what it is given, which its shapes must allow. each, which is preset, takes all residual blocks; where there",
      "are none, the copies of repeats and the layers whose output is shaped as their input.",
      "Measured is the test part, or what is learned from where there is none. The network stays as it is; Ctrl-C",
      "keeps what has been measured. After Veit, Wilber and Belongie 2016.",
    ],
    examples: ["lesion", "lesion each", "lesion conv2"], slots: [.path], words: 1,
    traits: [.ownRedirect], endings: ["csv"] + CommandRow.answerEndings, run: { try $0.lesion($1) })
}

/// What networks come to without one block.
struct Lesions: Sendable {
  /// What is left of the network's answers without a block.
  struct Lesion: Sendable {
    let path: String
    let block: Networks.Block
    let evaluation: Evaluation
  }

  let part: DataPart
  let whole: Evaluation
  var lesions: [Lesion] = []

  /// The share of wrong answers, or the loss where numbers are predicted.
  func error(_ evaluation: Evaluation) -> Double {
    evaluation.accuracy.map { 1 - $0 } ?? evaluation.loss
  }

  /// How much the error rises without a block.
  func rise(_ lesion: Lesion) -> Double { error(lesion.evaluation) - error(whole) }

  /// The median of all rises.
  var median: Double? {
    let rises = lesions.map(rise).sorted()
    if rises.isEmpty { return nil }
    let middle = rises.count / 2
    return rises.count % 2 == 1 ? rises[middle] : (rises[middle - 1] + rises[middle]) / 2
  }
}

extension CommandScope {
  /// Answers `lesion [each|PATH]`.
  mutating func lesion(_ invocation: Invocation) throws -> Report {
    let network = try leading(to: "train 2; lesion each") {
      try currentNetwork(at: invocation.range)
    }
    let data = try currentData(at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    let targets = try lesionTargets(invocation, in: network)
    let part = presetPart
    let known = try examples(part.rawValue, of: data, at: invocation.range)
    if context.checksOnly { return Report("would evaluate \(state.currentName) without blocks") }
    let examples = try asLearned(known, of: data, at: invocation.range)
    var request = try requestApart(network, data, at: invocation.range)
    let (whole, drawn) = try computing(at: invocation.range) {
      try context.calculator.evaluate(request, on: examples, measuring: .loss)
    }
    request.learned = drawn
    var lesions = Lesions(part: part, whole: whole)
    var isStopped = false
    for (path, block, without) in targets {
      var lesioned = request
      lesioned.network = without
      do {
        let (evaluation, _) = try context.calculator.evaluate(
          lesioned, on: examples, measuring: .loss)
        lesions.lesions.append(.init(path: path, block: block, evaluation: evaluation))
      } catch EngineError.interrupted {
        isStopped = true
        break
      } catch let error as EngineError { throw Diagnostic(error, at: invocation.range) }
    }
    state.shown = lesions.figures
    var report = Report(lesions.lines(context.glyphs)) { [lesions, name = state.currentName] in
      lesions.data(of: name)
    }
    if request.learned.steps == 0 {
      report.lines.append(
        StyledText("\(state.currentName) has learned nothing yet: train it first", .warning))
    }
    if isStopped {
      let count = "\(lesions.lesions.count) of \(Numbers.count(targets.count, "block"))"
      report.lines.append(StyledText("stopped by Ctrl-C after \(count)", .warning))
    }
    return answer(report, or: lesions.csv, of: invocation)
  }

  /// Refuses to leave out a block that gives another shape than it is given, unless a shortcut does so in its place.
  private func checkBypassable(_ located: Located, in network: Network, at range: SourceRange)
    throws(Diagnostic)
  {
    if case .residual = located.block.form { return }
    guard let facts = network.facts[located.block.id], facts.input != facts.output else { return }
    throw Diagnostic(
      .shape,
      "\(located.path) makes \(facts.output.displayText) of \(facts.input.displayText): "
        + "the network cannot do without it",
      at: range, offers: working(["lesion"]) + ["help lesion"])
  }

  /// The blocks to be left out, with the network that is left.
  private func lesionTargets(_ invocation: Invocation, in network: Network) throws(Diagnostic)
    -> [(path: String, block: Networks.Block, without: Network)]
  {
    if let word = invocation.words.first, word.text != "each" {
      let found = try refusing(at: word.range) { () throws(PathFault) in
        try network.someBlocks(matching: word.text)
      }
      return try found.map { located throws(Diagnostic) in
        try checkBypassable(located, in: network, at: word.range)
        let without = try refusing(at: word.range) { () throws(EditError) in
          try network.bypassing(located.block.id)
        }
        return (located.path, located.block, without)
      }
    }
    var candidates = network.outerResiduals
    if candidates.isEmpty { candidates = network.bypassable }
    let targets = candidates.compactMap { block, path in
      (try? network.bypassing(block.id)).map { (path, block, $0) }
    }
    if targets.isEmpty {
      throw Diagnostic(
        .state,
        "\(state.currentName) has no residual block, and no layer whose output is shaped as its input",
        at: invocation.range, offers: working(["wrap residual"]) + ["help lesion"])
    }
    return targets
  }
}

extension Network {
  /// The copies of repeats, and layers elsewhere with weights, that pass on the shape that they are given.
  fileprivate var bypassable: [(block: Networks.Block, path: String)] {
    var found: [(block: Networks.Block, path: String)] = []
    func descend(_ block: Networks.Block, prefix: String) {
      for child in block.children {
        let path = prefix.isEmpty ? child.name : prefix + "." + child.name
        let isCopy = if case .repeated = block.form { true } else { false }
        let isLayer =
          switch child.form {
          case .layer(.convolution), .layer(.transposedConvolution), .layer(.dense): true
          case .layer, .sequential, .repeated, .shared, .residual, .parallel, .join: false
          }
        if isCopy || isLayer, let facts = facts[child.id], facts.input == facts.output {
          found.append((child, path))
        } else {
          descend(child, prefix: path)
        }
      }
    }
    descend(root, prefix: "")
    // The output layer may be square by chance.
    return found.filter { $0.block.id != root.children.last?.id }
  }
}

/// Lesions for people, spreadsheets and programs.
extension Lesions {
  private var hasErrors: Bool { whole.accuracy != nil }

  private func text(_ error: Double) -> String {
    hasErrors ? Numbers.percent(error) : Numbers.loss(error)
  }

  fileprivate func lines(_ glyphs: Glyphs) -> [StyledText] {
    let most = max(lesions.map(rise).filter(\.isFinite).max() ?? 0, 1e-12)
    let bar = LengthBar(columns: 24)
    var table = TextTable([
      ("without", .leading), ("kind", .leading), ("loss", .trailing),
      (hasErrors ? "error" : "", .trailing), ("rise", .trailing), ("", .leading),
    ])
    table.append([
      StyledText("(whole)", .emphasis), StyledText(""), StyledText(Numbers.loss(whole.loss)),
      StyledText(hasErrors ? text(error(whole)) : ""), StyledText(""),
      StyledText(""),
    ])
    for lesion in lesions {
      let evaluation = lesion.evaluation
      table.append([
        StyledText(lesion.path, .typable),
        StyledText(CommandScope.words(for: lesion.block), .kind(lesion.block.kind.family)),
        StyledText(Numbers.loss(evaluation.loss)),
        StyledText(hasErrors ? text(error(evaluation)) : ""),
        StyledText((rise(lesion) < 0 ? "" : "+") + text(rise(lesion)), .dim),
        StyledText(bar.text(rise(lesion) / most, glyphs)),
      ])
    }
    let head = "\(part.rawValue), \(Numbers.count(whole.count, "example"))"
    var result = [StyledText(head, .dim)] + table.lines
    if let median {
      result.append(
        StyledText("median rise of the \(hasErrors ? "error" : "loss") ")
          + StyledText(text(median), .emphasis))
    }
    return result
  }

  fileprivate var csv: CSVText {
    var table = CSVText(head: ["without", "loss", "error", "rise"])
    table.append([
      .text(""), .number(whole.loss), .number(whole.accuracy.map { 1 - $0 }), .number(0),
    ])
    for lesion in lesions {
      table.append([
        .text(lesion.path), .number(lesion.evaluation.loss),
        .number(lesion.evaluation.accuracy.map { 1 - $0 }), .number(rise(lesion)),
      ])
    }
    return table
  }

  fileprivate func data(of network: String) -> JSON {
    let blocks = lesions.map { lesion in
      JSON.name(of: lesion.block, path: lesion.path).with([
        "loss": .number(lesion.evaluation.loss),
        "error": .optional(lesion.evaluation.accuracy.map { 1 - $0 }),
        "rise": .number(rise(lesion)),
      ])
    }
    return [
      "network": .text(network), "part": .text(part.rawValue), "examples": .integer(whole.count),
      "loss": .number(whole.loss), "error": .optional(whole.accuracy.map { 1 - $0 }),
      "median_rise": .optional(median), "blocks": .array(blocks),
    ]
  }

  fileprivate var figures: [String: Double] {
    var figures = ["whole": error(whole)]
    figures["median"] = median
    for lesion in lesions { figures[lesion.path] = error(lesion.evaluation) }
    return figures
  }
}
