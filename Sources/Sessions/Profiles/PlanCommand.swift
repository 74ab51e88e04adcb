import Engine
import Interchange
import Language
import Networks
import Training

extension CommandTable {
  /// The command that tells where the time of a training step goes.
  static let planRow = CommandRow(
    "plan", .look, usage: "plan [PATH] [> FILE.txt|FILE.csv|FILE.json]",
    "tells where the time of a training step goes, kernel by kernel",
    details: [
      "Each step of the plan is timed on a copy: median and p99, operations a second in products, and what it",
      "comes nearest to, in percent of what this machine was measured to do: products of matrices, memory, or",
      "neither. Above 100 % it works in a cache. sum adds up the time from the first row on. Without data that",
      "fits, inputs are random numbers. Files have all rows and figures. Nothing of the network changes.",
    ],
    examples: ["plan", "plan conv1", "plan sort=order", "plan > plan.csv"],
    slots: [.path],
    keys: [
      .init("steps", default: "100", "steps that are timed"),
      .init(
        "sort", default: "share", among: PlanReading.Order.allCases.map(\.rawValue),
        "the heaviest first, or the order of execution"),
      .init("first", default: "20", "the most rows that are shown"),
      .init("seconds", default: "3", "after which no further step is timed"),
    ],
    words: 1, traits: [.ownRedirect], endings: CommandScope.planWriters.endings + ["json"],
    run: { try $0.plan($1) })
}

extension CommandScope {
  /// Answers `plan [PATH] [> FILE.txt|FILE.csv|FILE.json]`.
  mutating func plan(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let path = invocation.words.first
    let blocks = try path.map { word in
      let found = try refusing(at: word.range) { () throws(PathFault) in
        try network.someBlocks(matching: word.text)
      }
      return Self.allBlocks(found.map(\.block))
    }
    var layout = PlanReading.Layout(glyphs: context.glyphs)
    if let word = invocation.option("sort")?.value {
      let orders = PlanReading.Order.allCases.map(\.rawValue)
      layout.order = .init(rawValue: try word.choice("sort", among: orders)) ?? .share
    }
    let first = try invocation.option("first")?.value.integer("first", in: 1...1_000_000)
    let limit = TimingLimit(
      steps: try invocation.option("steps")?.value.integer("steps", in: 1...100_000) ?? 100,
      seconds: try invocation.option("seconds")?.value.number("seconds", in: 0...3600) ?? 3)
    if network.root.children.isEmpty {
      throw Diagnostic(
        .state, "\(state.currentName) has no blocks yet, so there is no plan",
        at: invocation.range, offers: working(["add dense 10", "add conv 8 3"]))
    }
    if context.checksOnly {
      if let file = invocation.redirect { return Report("would write \(file.text)") }
      return Report("would time the steps of \(state.currentName)")
    }
    let (request, inputs) = try requestForTiming(network, at: invocation.range)
    let profile = try computing(at: invocation.range) {
      try context.calculator.profile(request, limit: limit)
    }
    if let stamp = state.current?.stamp {
      state.current?.times = MeasuredTimes(shares: PlanReading.shares(profile.times), stamp: stamp)
    }
    let reading = PlanReading(
      profile, network: state.currentName, inputs: inputs, path: path?.text, blocks: blocks)
    if let redirect = invocation.redirect, !invocation.writesData {
      layout.first = first
      let write = Self.planWriters[redirect.text] ?? Self.planText
      return written(write(reading, layout), to: redirect)
    }
    layout.first = first ?? (layout.order == .share ? Self.usualRows : nil)
    let (usual, wished) = (context.columns, layout)
    var report = context.answer(for: invocation) { columns in
      var layout = wished
      layout.columns = columns.map { min($0, Self.paneColumns) } ?? usual
      return reading.lines(layout)
    }
    report.data = { reading.data }
    return report
  }

  typealias PlanWriter = @Sendable (_ reading: PlanReading, _ layout: PlanReading.Layout) -> String

  /// What `plan` writes besides JSON.
  static let planWriters: WriterTable<PlanWriter> = [
    "txt": planText, "csv": { reading, _ in reading.table.text },
  ]

  private static let planText: PlanWriter = { reading, layout in
    reading.lines(layout).map { $0.text + "\n" }.joined()
  }

  private static let usualRows = 20

  /// The most columns of an answer in a pane, which stands beside others.
  private static let paneColumns = 80

  /// Blocks and all that lies in them.
  private static func allBlocks(_ blocks: [Networks.Block]) -> Set<BlockID> {
    var all: Set<BlockID> = []
    func descend(_ block: Networks.Block) {
      all.insert(block.id)
      block.children.forEach(descend)
    }
    blocks.forEach(descend)
    return all
  }

  /// The current network as it would be trained now; on random numbers where no data fits.
  private func requestForTiming(_ network: Network, at range: SourceRange) throws -> (
    RunRequest, inputs: String
  ) {
    if let data = state.data, (try? checkTrainable(network, data: data, at: range)) != nil {
      return (try requestForCopy(at: range), "train examples of \(data.name)")
    }
    let recipe = state.recipe
    let data = try computing(at: range) {
      try Dataset.random(for: network, batch: recipe.batchSize, loss: recipe.loss)
    }
    var request = runRequestForWeights(network, data: data)
    if let known = state.current { request.learned = try presentWeights(of: known) }
    return (request, "examples of random numbers")
  }
}
