import Language
import Networks
import Training

extension CommandTable {
  /// Commands that show networks.
  static let lookRows: [CommandRow] = [
    CommandRow(
      "tree", .look, usage: "tree [PATH] [depth=N]", "draws the blocks with shapes and prices",
      examples: ["tree", "tree res1", "tree depth=1", "tree > tree.txt"], slots: [.path],
      keys: [.init("depth", default: "all", "levels that are shown")],
      words: 1, traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.tree($1) }
    ),
    CommandRow(
      "summary", .look, usage: "summary", "lists every layer with its shapes and parameters",
      examples: ["summary", "summary > summary.json"], words: 0, traits: [.redirect],
      endings: CommandRow.answerEndings,
      run: { try $0.summary($1) }),
    CommandRow(
      "show", .look, usage: "show PATH", "tells all there is to know of blocks",
      details: [
        "Weights as they are now, also while they are being trained, each with a histogram."
      ],
      examples: ["show conv1", "show res1.*"], slots: [.path],
      words: 1, traits: [.redirect], endings: CommandRow.answerEndings, run: { try $0.show($1) }
    ),
    CommandRow(
      "script", .look, usage: "script [PATH] [> FILE]",
      "prints the text that rebuilds the network",
      examples: ["script", "script res1", "script > net.esp"], slots: [.path],
      words: 1, traits: [.redirect], endings: ["esp", "txt", "json"],
      run: { try $0.script($1) }),
  ]
}

extension CommandScope {
  /// Answers `tree [PATH] [depth=N]`.
  mutating func tree(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let depth = try invocation.option("depth")?.value.integer("depth", in: 1...64) ?? .max
    let block = try invocation.words.first.map { word in
      try refusing(at: word.range) { () throws(PathFault) in
        try network.block(at: word.text)
      }.block.id
    }
    let outline = Outline(network, of: block, folds: context.folds, depth: depth)
    var lines = OutlineText.lines(outline.rows, glyphs: context.glyphs)
    if block == nil { lines += totals(of: network) + unjoinedTaps(of: network) }
    let root = block.flatMap { network.block($0) } ?? network.root
    let path = block.flatMap { network.path(of: $0) }
    let name = state.currentName
    return Report(lines) {
      let levels = path == nil ? depth : depth - 1
      let tree = JSON.tree(root, path: path, in: network, levels: levels)
      return (["network": .text(name)] as JSON).with(tree)
    }
  }

  /// Output, parameters and multiply-adds of a whole network.
  private func totals(of network: Network) -> [StyledText] {
    var text = "\(network.input.displayText) → \(network.output.displayText)"
    text += "   \(Numbers.grouped(network.learnableCount)) learnable"
    if network.frozenCount > 0 { text += " (\(Numbers.grouped(network.frozenCount)) frozen)" }
    text += " + \(Numbers.grouped(network.runningCount)) running"
    text += "   \(Numbers.short(network.multiplyAdds)) multiply-adds"
    return [StyledText(context.glyphs.spell(text), .emphasis)]
  }

  /// Answers `summary`.
  mutating func summary(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let hasFrozen = network.frozenCount > 0
    let layers = layers(of: network)
    let frozen = hasFrozen ? " (\(Numbers.grouped(network.frozenCount)) frozen)" : ""
    let total = StyledText(
      "total: \(Numbers.grouped(network.learnableCount)) learnable\(frozen) + "
        + "\(Numbers.grouped(network.runningCount)) running = "
        + "\(Numbers.grouped(network.learnableCount + network.runningCount)); "
        + "\(Numbers.grouped(network.multiplyAdds)) multiply-adds per example", .emphasis)
    let end = [total] + unjoinedTaps(of: network)
    let (name, glyphs) = (state.currentName, context.glyphs)
    var report = context.answer(for: invocation) { columns in
      Self.table(of: layers, hasFrozen: hasFrozen, columns: columns, glyphs) + end
    }
    report.data = {
      let rows = layers.map { path, block, facts in
        JSON.name(of: block, path: path).with(.facts(facts))
      }
      return (["network": .text(name)] as JSON).with(.totals(of: network))
        .with(["layers": .array(rows)])
    }
    return report
  }

  /// A table of layers in so many columns, or as wide as it is.
  private static func table(
    of layers: [(path: String, block: Networks.Block, BlockFacts)], hasFrozen: Bool,
    columns: Int?, _ glyphs: Glyphs
  ) -> [StyledText] {
    let isNarrow = columns.map { $0 < 100 } ?? false
    var table = TextTable(
      [
        ("layer", .leading), ("kind", .leading), ("input", .trailing), ("output", .trailing),
        ("learnable", .trailing),
      ] + (hasFrozen ? [("frozen", .trailing)] : [])
        + [
          ("running", .trailing),
          (isNarrow ? OutlineColumn.multiplyAdds.heading : "multiply-adds", .trailing),
        ])
    for (path, block, facts) in layers {
      let frozen = hasFrozen ? [StyledText(Numbers.grouped(facts.frozen))] : []
      table.append(
        [
          StyledText(path, .typable), StyledText(words(for: block), .kind(block.kind.family)),
          StyledText(glyphs.spell(facts.input.displayText)),
          StyledText(glyphs.spell(facts.output.displayText)),
          StyledText(Numbers.grouped(facts.learnable)),
        ] + frozen + [
          StyledText(Numbers.grouped(facts.running)),
          StyledText(Numbers.grouped(facts.multiplyAdds)),
        ])
    }
    return table.blockLines(columns: columns, glyphs)
  }

  /// The layers of a network in the order of execution; multiply-adds count all passes of a shared body.
  private func layers(of network: Network) -> [(path: String, block: Networks.Block, BlockFacts)] {
    var layers: [(path: String, block: Networks.Block, BlockFacts)] = []
    func descend(_ block: Networks.Block, prefix: String, passes: Int) {
      for child in block.children {
        let path = prefix + child.name
        if case .layer = child.form, let facts = network.facts[child.id] {
          layers.append((path, child, facts.counting(passes: passes)))
        }
        var inner = passes
        if case .shared(_, let more) = child.form { inner *= more }
        descend(child, prefix: path + ".", passes: inner)
      }
    }
    descend(network.root, prefix: "", passes: 1)
    return layers
  }

  /// Answers `show PATH`.
  mutating func show(_ invocation: Invocation) throws -> Report {
    let row = invocation.row
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", row)
    let found = try refusing(at: path.range) { () throws(PathFault) in
      try network.someBlocks(matching: path.text)
    }
    let weights = try state.current.map(presentWeights) ?? LearnedState()
    let parameters = Dictionary(grouping: network.parameters, by: \.key.block)
    let details = found.compactMap { BlockDetails($0, in: network, parameters, weights: weights) }
    let name = state.currentName
    return Report(details.flatMap { $0.lines(context.glyphs) }) {
      ["network": .text(name), "blocks": .array(details.map(\.data))]
    }
  }

  /// Answers `script [PATH] [> FILE]`.
  mutating func script(_ invocation: Invocation) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let lines: [String]
    if let word = invocation.words.first {
      let located = try refusing(at: word.range) { () throws(PathFault) in
        try network.block(at: word.text)
      }
      lines = NetworkScript.lines(of: located.block)
    } else {
      lines = NetworkScript.lines(of: network)
    }
    let data: JSON = [
      "network": .text(state.currentName), "path": .optional(invocation.words.first?.text),
      "script": .texts(lines),
    ]
    return Report(lines.map { StyledText($0) }) { data }
  }
}
