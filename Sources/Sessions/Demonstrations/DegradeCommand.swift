import Engine
import Language
import Networks
import Training

extension CommandTable {
  /// The command that shows degradation.
  static let degradeRow = CommandRow(
    "degrade", .demonstrate,
    usage: "degrade DEPTH,… [epochs=4] [seeds=1] [width=16] [> FILE.svg|FILE.csv|FILE.json]",
    "trains plain and residual networks of equal parameters side by side on the data",
    details: [
      "A network of depth 2n + 2 is a convolution of width channels, n blocks of two, and a dense layer; bn follows",
      "each convolution. Both have the same layers; around each block the residual one has a shortcut without",
      "parameters. Data without positions gets dense layers. Both begin with init he and learn from the same",
      "batches of 64 by sgd lr=0.1 momentum=0.9, whatever the session has. The norms are those of the gradients",
      "of the first and the last weights before the output layer, at the start.",
      "More seeds give means ± standard deviations. Networks, weights, seed and data stay as they are; Ctrl-C",
      "keeps what has been trained. After He et al. 2015, figures 1 and 6.",
    ],
    examples: ["degrade 8,20 epochs=1", "degrade 8 epochs=1 seeds=2 > degradation.svg"],
    keys: [
      .init("epochs", default: "4", "epochs of each network"),
      .init(
        "seeds", default: "1", "networks of each kind, by the session's seed and those after it"),
      .init("width", default: "16", "channels of the convolutions"),
    ], words: nil, traits: [.ownRedirect], endings: ["svg", "csv", "json", "txt"],
    writing: "degrade 8,20 > FILE", run: { try $0.degrade($1) })
}

extension CommandScope {
  /// Answers `degrade DEPTH,… [epochs=4] [seeds=1] [width=16] [> FILE]`.
  mutating func degrade(_ invocation: Invocation) throws -> Report {
    let depths = try depths(of: invocation, each: Self.degradable)
    let epochs = try invocation.count("epochs", preset: 4, most: 10_000)
    let seeds = try invocation.count("seeds", preset: 1, most: 100)
    let width = try invocation.count("width", preset: 16, most: 4096)
    let list = depths.map(String.init).joined(separator: ",")
    let data = try dataToDemonstrate(invocation, offering: "degrade \(list)")
    let outputs = try outputs(of: data, at: invocation.range)
    try checkNothingRuns(at: invocation.range)
    var rounds: [Demonstration.Round] = []
    for depth in depths {
      let pair = try ["plain", "residual"].map { kind in
        let text = Self.text(
          ofDepth: depth, width: width, isResidual: kind == "residual", input: data.shape,
          outputs: outputs)
        return (kind, network: try network(of: text, name: "\(kind) \(depth)"))
      }
      for seed in 0..<seeds {
        let trials = pair.map { kind, network in
          Trial(
            row: ["\(depth)", kind],
            request: RunRequest(
              name: "\(kind) \(depth)", network: network, learned: LearnedState(), data: data,
              recipe: demonstrationRecipe(seed: seed), length: .epochs(epochs)))
        }
        let count = Numbers.count(pair[0].network.learnableCount, "parameter")
        var title = "\(depth) layers, plain and residual, \(count) each"
        if seeds > 1 { title += ", seed \(state.recipe.seed &+ UInt64(seed))" }
        rounds.append(Demonstration.Round(title: title, trials: trials))
      }
    }
    ask(
      for: .demonstrate(
        Demonstration(heads: ["depth", "kind"], rounds: rounds, conclusion: Self.degradation)))
    return Report()
  }

  /// Depths that a network of blocks of two layers can have.
  private static let degradable = (
    isRight: { @Sendable (depth: Int) in (4...1202).contains(depth) && depth % 2 == 0 },
    words: "even numbers from 4 to 1,202"
  )

  /// How networks of demonstrations learn, whatever the session has.
  func demonstrationRecipe(seed: Int) -> Recipe {
    var recipe = Recipe()
    recipe.optimizer = Optimizer(.sgd(momentum: 0.9, nesterov: false), learningRate: 0.1)
    recipe.batchSize = 64
    recipe.loss = state.recipe.loss
    recipe.seed = state.recipe.seed &+ UInt64(seed)
    recipe.threads = state.recipe.threads
    return recipe
  }

  /// The text of a network of some depth, plain or residual.
  private static func text(
    ofDepth depth: Int, width: Int, isResidual: Bool, input: Shape, outputs: Int
  ) -> String {
    let isFlat = input.spatialRank == 0
    let layer = isFlat ? "dense \(width) bias=no" : "conv \(width) 3 bias=no"
    let block =
      isResidual
      ? "residual act=relu { \(layer); bn; relu; \(layer); bn }"
      : "\(layer); bn; relu; \(layer); bn; relu"
    var lines = ["input \(input)", "add \(layer)", "add bn", "add relu"]
    lines.append("add repeat \((depth - 2) / 2) { \(block) }")
    if !isFlat { lines.append("add gap") }
    lines.append("add dense \(outputs)")
    return lines.joined(separator: "\n")
  }

  /// `depth 20: plain 1.107, residual 0.1216, 9.1 times the loss`.
  private static let degradation: @Sendable (TrialTable) -> [StyledText] = { table in
    var lines: [StyledText] = []
    for row in table.rows where row.cells.last == "plain" {
      let twin = table.rows.first { $0.cells == [row.cells[0], "residual"] }
      guard let plain = row.loss, let residual = twin?.loss, residual > 0 else { continue }
      var line = StyledText("depth \(row.cells[0])", .emphasis)
      line.append(": the train loss of plain is ")
      line.append(
        "\(Numbers.significant(plain / residual, digits: 2)) times", plain > residual ? .bad : .good
      )
      line.append(" that of residual")
      lines.append(line)
    }
    return lines
  }
}
