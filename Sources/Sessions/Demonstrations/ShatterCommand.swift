import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that shows shattered gradients.
  static let shatterRow = CommandRow(
    "shatter", .demonstrate, usage: "shatter [DEPTH,…] [seeds=3] [> FILE.csv|FILE.json]",
    "tells how alike the gradients at neighbouring inputs are",
    details: [
      "256 inputs lie at even distances on a straight line, as far as two standard deviations to either side of a",
      "point; the point and the way of the line are drawn from N(0, 1). At each the gradient of the outputs, summed",
      "under signs drawn by the seed, by the input is computed in training mode, which has the statistics of the line.",
      "correlation is the sum of the products of neighbours, each less the mean, over that of squares: 1 on a smooth",
      "line, 0 for white noise. The picture is the component along the line.",
      "Without depths it is the network at hand as it is now. With depths new networks are built, plain and",
      "residual: dense layers of 64 units on 16 inputs, init he; plain ones bn, relu, dense in a row, residual ones",
      "the same as bodies. The correlation is the mean over seeds, the picture that of the first.",
      "The session stays as it is. After Balduzzi et al. 2017.",
    ],
    examples: ["shatter", "shatter 2,10,50", "shatter 24 seeds=1 > shatter.csv"],
    keys: [
      .init(
        "seeds", default: "3",
        "lines, and networks where they are built, by the seed and those after it")
    ],
    words: nil, traits: [.ownRedirect], endings: ["csv"] + CommandRow.answerEndings,
    run: { try $0.shatter($1) })
}

/// What the gradients along lines of inputs are like.
private struct ShatterRow: Sendable {
  let cells: [String]
  var lines: [GradientLine] = []

  var correlation: Spread? { Spread(lines.map(\.correlation)) }
}

extension CommandScope {
  /// Answers `shatter [DEPTH,…] [seeds=3]`.
  mutating func shatter(_ invocation: Invocation) throws -> Report {
    let seeds = try invocation.count("seeds", preset: 3, most: 1000)
    let networks = try shatteredNetworks(invocation)
    if context.checksOnly { return Report("would look along lines of inputs") }
    var rows: [ShatterRow] = []
    var isStopped = false
    search: for (cells, network, learned) in networks {
      var row = ShatterRow(cells: cells)
      for seed in 0..<seeds {
        do {
          row.lines.append(
            try line(network, learned, seed: state.recipe.seed &+ UInt64(seed)))
        } catch EngineError.interrupted {
          isStopped = true
        } catch let error as EngineError { throw Diagnostic(error, at: invocation.range) }
        if isStopped { break }
      }
      if !row.lines.isEmpty { rows.append(row) }
      if isStopped { break search }
    }
    let heads = networks.first.map { $0.cells.count == 2 ? ["depth", "kind"] : ["network"] } ?? []
    state.shown = [:]
    for row in rows {
      let name = row.cells.count == 2 ? row.cells[1] + row.cells[0] : "net"
      state.shown[name] = row.correlation?.mean
    }
    let made = rows
    var report = Report(Self.lines(on: rows, heads, context.glyphs)) {
      Self.data(of: made, heads)
    }
    if isStopped { report.lines.append(StyledText("stopped by Ctrl-C", .warning)) }
    return answer(report, or: Self.csv(of: rows, heads), of: invocation)
  }

  /// The networks to look at: that at hand, or one of each kind for each depth.
  private mutating func shatteredNetworks(_ invocation: Invocation) throws -> [(
    cells: [String], network: Network, learned: LearnedState?
  )] {
    if invocation.words.isEmpty {
      let network = try currentNetwork(at: invocation.range)
      if network.learnableCount == 0 {
        throw Diagnostic(
          .state, "\(state.currentName) has no parameters, so there is nothing to look at",
          at: invocation.range, offers: ["shatter 2,10,50"])
      }
      var request = RunRequest(
        name: state.currentName, network: network,
        learned: state.current?.weights ?? LearnedState(),
        data: Dataset(
          name: "", description: "",
          train: Examples(
            inputs: Tensor(shape: [1] + network.input.extents), targets: .none)),
        recipe: state.recipe, length: .steps(0))
      if !context.checksOnly {
        request.learned = try computing(at: invocation.range) {
          try context.calculator.copy(of: request).learned
        }
      }
      return [([state.currentName], network, request.learned)]
    }
    let depths = try depths(
      of: invocation,
      each: ({ (1...1000).contains($0) }, "whole numbers from 1 to 1,000"))
    return try depths.flatMap { depth in
      try ["plain", "residual"].map { kind in
        let layers = "bn; relu; dense 64"
        let block = kind == "plain" ? layers : "residual { \(layers) }"
        let text = "input 16\nadd dense 64\nadd repeat \(depth) { \(block) }\nadd dense 1"
        return (["\(depth)", kind], try network(of: text, name: "\(kind) \(depth)"), nil)
      }
    }
  }

  /// The gradients of a network along the line of a seed; one that has learned nothing is drawn by the seed, too.
  private func line(_ network: Network, _ learned: LearnedState?, seed: UInt64) throws
    -> GradientLine
  {
    let (inputs, way) = GradientLine.inputs(network.input, seed: seed)
    let targets = GradientLine.targets(network.output, seed: seed)
    var recipe = Recipe()
    recipe.loss = .l1
    recipe.seed = learned == nil ? seed : state.recipe.seed
    recipe.scheme = learned == nil ? .he : state.recipe.scheme
    recipe.threads = state.recipe.threads
    var known = learned ?? LearnedState()
    known.touch()
    let gradients = try context.calculator.inputGradients(
      RunRequest(
        name: "demonstration of \(state.currentName)", network: network, learned: known,
        data: Dataset(
          name: "", description: "", train: Examples(inputs: inputs, targets: .values(targets))),
        recipe: recipe, length: .steps(0)))
    return GradientLine(gradients: gradients, way: way)
  }

  private static func lines(on rows: [ShatterRow], _ heads: [String], _ glyphs: Glyphs)
    -> [StyledText]
  {
    var table = TextTable(
      heads.map { ($0, .leading) } + [
        ("correlation", .trailing), ("gradient along the line", .leading),
      ])
    for row in rows {
      let text =
        row.correlation.map { spread in
          Numbers.fixed(spread.mean, decimals: 3)
            + (spread.deviation.map { " \(glyphs.plusMinus) " + Numbers.fixed($0, decimals: 3) }
              ?? "")
        } ?? glyphs.dash
      table.append(
        row.cells.map { StyledText($0, .emphasis) } + [
          StyledText(text), StyledText(row.lines.first?.picture(columns: 40, glyphs) ?? ""),
        ])
    }
    let meaning =
      "correlation near 1: neighbouring inputs have like gradients; near 0: they are as noise"
    return table.lines + [StyledText(meaning, .dim)]
  }

  private static func csv(of rows: [ShatterRow], _ heads: [String]) -> CSVText {
    var table = CSVText(head: heads + ["line", "correlation", "place", "gradient"])
    for row in rows {
      for (number, line) in row.lines.enumerated() {
        for (place, value) in line.series.enumerated() {
          let t = -2 + 4 * Double(place) / Double(max(line.series.count - 1, 1))
          table.append(
            row.cells.map { Int($0).map(CSVText.Field.count) ?? .text($0) } + [
              .count(number + 1), .number(line.correlation), .number(t), .number(value),
            ])
        }
      }
    }
    return table
  }

  private static func data(of rows: [ShatterRow], _ heads: [String]) -> JSON {
    let rows = rows.map { row -> JSON in
      let about = zip(heads, row.cells).map { head, cell in
        JSON.Member(head, Int(cell).map(JSON.integer) ?? .text(cell))
      }
      return JSON.object(about).with([
        "correlation": .optional(row.correlation?.mean),
        "deviation": .optional(row.correlation?.deviation),
        "series": .array((row.lines.first?.series ?? []).map { .number($0) }),
      ])
    }
    return ["networks": .array(rows)]
  }
}
