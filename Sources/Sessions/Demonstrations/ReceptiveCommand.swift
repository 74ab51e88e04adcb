import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that proves receptive fields.
  static let receptiveRow = CommandRow(
    "receptive", .demonstrate, usage: "receptive [PATH] [> FILE.csv|FILE.json]",
    "tells how the receptive field grows block by block, and counts it",
    details: [
      "A window of k adds (k - 1) times the product of the strides before it, dilation included. counted is how",
      "many positions of the input change the middle of the block's output: each is changed in turn, in a copy of",
      "the network whose weights are all positive, so that nothing cancels out. seen is what they should span: the",
      "field, or what of it lies within the input; dilation may leave gaps. Without PATH it goes to the last block",
      "with positions.",
    ],
    examples: ["receptive", "receptive conv2"], slots: [.path], words: 1, traits: [.ownRedirect],
    endings: ["csv"] + CommandRow.answerEndings, run: { try $0.receptive($1) })
}

/// A block's receptive field as it is computed and as it is counted.
private struct FieldRow: Sendable {
  let path: String
  let block: Networks.Block
  let formula: String
  let size: [Int]
  let jump: [Int]
  let seen: [Int]
  /// How many positions change the output, and how far it is from the first of them to the last.
  var counted: [Int]?
  var reach: [Int]?
}

extension CommandScope {
  /// Answers `receptive [PATH]`.
  mutating func receptive(_ invocation: Invocation) throws -> Report {
    let network = try leading(to: "receptive") { try currentNetwork(at: invocation.range) }
    let steps = try fieldSteps(of: network, invocation)
    if context.checksOnly { return Report("would count what \(steps.last?.path ?? "") sees") }
    var rows = steps.compactMap { step -> FieldRow? in
      guard let facts = network.facts[step.block.id], let spans = step.after.spans,
        let seen = FieldProof.expected(step.after, output: facts.output, input: network.input)
      else { return nil }
      return FieldRow(
        path: step.path, block: step.block, formula: step.formula(context.glyphs),
        size: spans.map(\.size), jump: spans.map(\.jump), seen: seen)
    }
    var proof = FieldProof(
      network, seed: state.recipe.seed, name: "demonstration of \(state.currentName)")
    var isStopped = false
    do { try proof.run(context.calculator) } catch EngineError.interrupted {
      isStopped = true
    } catch let error as EngineError { throw Diagnostic(error, at: invocation.range) }
    if !isStopped {
      for index in rows.indices {
        let found = proof.counted[rows[index].block.id] ?? rows[index].seen.map { _ in [] }
        rows[index].counted = found.map(\.count)
        rows[index].reach = found.map { places in
          guard let first = places.min(), let last = places.max() else { return 0 }
          return last - first + 1
        }
      }
    }
    state.shown = Self.figures(of: rows)
    let (name, made) = (state.currentName, rows)
    var report = Report(lines(on: rows)) {
      ["network": .text(name), "blocks": .array(made.map(Self.data))]
    }
    if isStopped {
      report.lines.append(StyledText("stopped by Ctrl-C before it was counted", .warning))
    }
    return answer(report, or: Self.csv(of: rows), of: invocation)
  }

  /// The blocks that change the field up to the one that is asked for.
  private func fieldSteps(of network: Network, _ invocation: Invocation) throws(Diagnostic)
    -> [FieldWalk.Step]
  {
    let steps = FieldWalk(network).steps.filter { !($0.after.size ?? []).isEmpty }
    guard let word = invocation.words.first else {
      if steps.isEmpty {
        throw Diagnostic(
          .state, "\(state.currentName) has no convolution or pooling",
          at: invocation.range, offers: working(["add conv 10 3"]) + ["help receptive"])
      }
      return steps
    }
    let target = try refusing(at: word.range) { () throws(PathFault) in
      try network.block(at: word.text)
    }
    let inside = Set([target.block.id] + target.block.descendants)
    guard let last = steps.lastIndex(where: { inside.contains($0.block.id) }) else {
      let field = network.facts[target.block.id]?.receptiveField
      let isWhole = (field?.size ?? []).isEmpty
      throw Diagnostic(
        .argument,
        isWhole
          ? "each output of \(target.path) sees the whole input"
          : "\(target.path) sees no more than what it is given",
        at: word.range, offers: ["receptive"])
    }
    return Array(steps[...last])
  }

  private func lines(on rows: [FieldRow]) -> [StyledText] {
    let glyphs = context.glyphs
    var table = TextTable([
      ("block", .leading), ("field", .trailing), ("seen", .trailing), ("counted", .trailing),
      ("stride", .trailing), ("formula", .leading), ("kind", .leading),
    ])
    let text = { (extents: [Int]) in ReceptiveField.text(of: extents, glyphs) }
    for row in rows {
      table.append([
        StyledText(row.path, .typable), StyledText(text(row.size)), StyledText(text(row.seen)),
        StyledText(
          (row.counted.map(text) ?? glyphs.dash) + (row.counted == row.reach ? "" : " with gaps"),
          row.reach == row.seen ? .good : .bad),
        StyledText(text(row.jump), .dim), StyledText(row.formula, .dim),
        StyledText(Self.words(for: row.block), .kind(row.block.kind.family)),
      ])
    }
    return table.lines
  }

  private static func data(of row: FieldRow) -> JSON {
    JSON.name(of: row.block, path: row.path).with([
      "field": .integers(row.size), "stride": .integers(row.jump), "seen": .integers(row.seen),
      "counted": row.counted.map(JSON.integers) ?? .null,
      "reach": row.reach.map(JSON.integers) ?? .null,
    ])
  }

  private static func csv(of rows: [FieldRow]) -> CSVText {
    let rank = rows.first?.size.count ?? 1
    let heads = ["field", "stride", "seen", "counted"].flatMap { name in
      (1...max(rank, 1)).map { rank == 1 ? name : "\(name)_\($0)" }
    }
    var table = CSVText(head: ["block"] + heads)
    for row in rows {
      let counted: [CSVText.Field] =
        row.counted?.map { .count($0) } ?? row.seen.map { _ in .text("") }
      table.append(
        [.text(row.path)] + (row.size + row.jump + row.seen).map { .count($0) } + counted)
    }
    return table
  }

  private static func figures(of rows: [FieldRow]) -> [String: Double] {
    var figures: [String: Double] = [:]
    guard let last = rows.last else { return figures }
    figures["field"] = last.size.first.map(Double.init)
    figures["seen"] = last.seen.first.map(Double.init)
    figures["counted"] = last.counted?.first.map(Double.init)
    return figures
  }
}

extension Networks.Block {
  /// The identities of all blocks inside.
  fileprivate var descendants: [BlockID] { children.flatMap { [$0.id] + $0.descendants } }
}
