import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// Commands that look inside networks while they compute.
  static let insideRows: [CommandRow] = [
    CommandRow(
      "trace", .look, usage: "trace [train|test]",
      "runs one batch forward and tells what left each block",
      details: [
        "Mean, standard deviation, extremes, the share of zeros, and the share of channels that are",
        "zero all over the batch: dead after a relu. Nothing is learned. trace is what a step of training",
        "computes; trace test is what evaluate computes, with the running statistics of bn and no dropout.",
      ],
      examples: ["trace", "trace test", "trace > trace.txt"], slots: [.words(["train", "test"])],
      words: 1, traits: [.redirect], endings: CommandRow.answerEndings,
      run: { try $0.trace($1) }),
    CommandRow(
      "gradients", .look, usage: "gradients",
      "tells the norm of each block's gradient, as bars",
      details: [
        "Of the batch that the next step takes; nothing is learned. The bars are logarithmic,",
        "from 1e-8 to 100 for every network; ‖g‖/‖w‖ is the gradient's norm over that of the weights.",
      ],
      examples: ["gradients", "gradients > gradients.txt"], words: 0, traits: [.redirect],
      endings: CommandRow.answerEndings,
      run: { try $0.gradients($1) }),
  ]
}

extension CommandScope {
  /// Answers `trace [train|test]`.
  mutating func trace(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let data = try currentData(at: invocation.range)
    let part =
      try invocation.words.first?.choice("trace", among: ["train", "test"]) ?? "train"
    let examples = try self.examples(part, of: data, at: invocation.range)
    if network.input != examples.shape {
      try checkTrainable(network, data: data, at: invocation.range)
    }
    if context.checksOnly { return Report("would trace \(state.currentName)") }
    let request = runRequestForWeights(network, data: data)
    let seen = try computing(at: invocation.range) {
      try context.calculator.trace(request, on: examples, training: part == "train")
    }
    state.current?.weights = seen.learned
    if seen.traces.isEmpty { return Report("\(state.currentName) has no blocks yet") }
    let traces = Dictionary(
      seen.traces.map { ($0.block, $0) }, uniquingKeysWith: { first, _ in first })
    var table = TextTable([
      ("block", .leading), ("kind", .leading), ("mean", .trailing), ("sd", .trailing),
      ("least", .trailing), ("most", .trailing), ("zeros", .trailing), ("dead", .trailing),
    ])
    var rows: [(path: String, block: Networks.Block, trace: BlockTrace)] = []
    network.walk { block, path in
      if case .sequential = block.form { return }
      if case .repeated = block.form { return }
      if case .shared = block.form { return }
      guard let trace = traces[block.id] else { return }
      rows.append((path, block, trace))
      table.append(Self.cells(of: trace, block, path: path))
    }
    let statistics = part == "train" ? "the batch's" : "running"
    let batch = "\(Numbers.count(seen.count, "\(part) example")), with \(statistics) statistics"
    let (name, seenRows) = (state.currentName, rows)
    let (head, glyphs) = (StyledText(batch, .dim), context.glyphs)
    var report = context.answer(for: invocation) { [table] columns in
      [head] + table.blockLines(columns: columns, glyphs)
    }
    report.data = {
      [
        "network": .text(name), "part": .text(part), "examples": .integer(seen.count),
        "statistics": part == "train" ? "batch" : "running",
        "blocks": .array(
          seenRows.map { JSON.name(of: $0.block, path: $0.path).with(.trace($0.trace)) }),
      ]
    }
    return report
  }

  private static func cells(of trace: BlockTrace, _ block: Networks.Block, path: String)
    -> [StyledText]
  {
    let number = { (value: Double) in Numbers.significant(value, digits: 3) }
    let dies = trace.minimum == 0 && trace.zeros > 0
    return [
      StyledText(path, .typable), StyledText(words(for: block), .kind(block.kind.family)),
      StyledText(
        number(abs(trace.mean) < 1e-6 * trace.deviation ? 0 : trace.mean),
        trace.isFinite ? .plain : .bad),
      StyledText(number(trace.deviation)), StyledText(number(Double(trace.minimum))),
      StyledText(number(Double(trace.maximum))),
      StyledText(trace.zeros > 0 ? Numbers.percent(trace.zeros) : "", .dim),
      StyledText(
        dies ? Numbers.percent(trace.deadChannels) : "", trace.deadChannels > 0 ? .warning : .dim),
    ]
  }

  /// Answers `gradients`.
  mutating func gradients(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let data = try currentData(at: invocation.range)
    try checkTrainable(network, data: data, at: invocation.range)
    if context.checksOnly { return Report("would differentiate \(state.currentName)") }
    let request = runRequestForWeights(network, data: data)
    let seen = try computing(at: invocation.range) { try context.calculator.gradients(request) }
    state.current?.weights = seen.learned
    state.current?.gradients = MeasuredGradients(
      norms: seen.gradients.mapValues(\.gradientNorm), version: seen.learned.version)
    var measured: [GradientRow] = []
    var rows: [JSON] = []
    network.walk { block, path in
      guard let gradient = seen.gradients[block.id] else { return }
      let norm = gradient.gradientNorm
      let ratio = gradient.parameterNorm > 0 ? norm / gradient.parameterNorm : nil
      rows.append(
        JSON.name(of: block, path: path).with([
          "gradient_norm": .number(norm), "weight_norm": .number(gradient.parameterNorm),
          "ratio": .optional(ratio),
        ]))
      measured.append(
        GradientRow(
          path: path, kind: StyledText(Self.words(for: block), .kind(block.kind.family)),
          norm: norm, ratio: ratio))
    }
    var head = Numbers.count(seen.count, "train example")
    if let loss = seen.loss { head += ", loss \(Numbers.loss(loss))" }
    let facts: JSON = [
      "network": .text(state.currentName), "part": "train", "examples": .integer(seen.count),
      "loss": .optional(seen.loss), "blocks": .array(rows),
    ]
    let (said, found, glyphs) = (StyledText(head, .dim), measured, context.glyphs)
    var report = context.answer(for: invocation) { columns in
      [said] + GradientRow.lines(of: found, columns: columns, glyphs)
    }
    report.data = { facts }
    return report
  }
}

/// What `gradients` says of a block.
private struct GradientRow: Sendable {
  let path: String
  let kind: StyledText
  let norm: Double
  let ratio: Double?

  private static let barColumns = 24

  /// A table of rows in so many columns, or as wide as it is.
  static func lines(of rows: [GradientRow], columns: Int?, _ glyphs: Glyphs) -> [StyledText] {
    let isNarrow = columns.map { $0 < 100 } ?? false
    let bar = LengthBar(columns: isNarrow ? barColumns / 2 : barColumns)
    var table = TextTable([
      ("block", .leading), ("kind", .leading), (glyphs.norm, .trailing),
      ("\(glyphs.norm)/\(glyphs.weightNorm)", .trailing), (LogarithmicScale.heading, .leading),
    ])
    for row in rows {
      table.append([
        StyledText(row.path, .typable), row.kind,
        StyledText(Numbers.significant(row.norm, digits: 3), row.norm.isFinite ? .plain : .bad),
        StyledText(row.ratio.map { Numbers.significant($0, digits: 3) } ?? glyphs.dash, .dim),
        StyledText(bar.text(LogarithmicScale.share(of: row.norm), glyphs)),
      ])
    }
    return table.blockLines(columns: columns, glyphs)
  }
}
