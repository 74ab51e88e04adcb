import Language
import Networks

extension CommandTable {
  /// Commands that hold parameters as they are.
  static let freezeRows: [CommandRow] = [
    CommandRow(
      "freeze", .edit, usage: "freeze PATH|PATH..PATH [statistics=yes]",
      "has training leave the parameters of blocks as they are",
      details: [
        "All inside a frozen container is frozen. A path with * freezes all that fit.",
        "Weights, and what the optimizer remembers of them, stay to the bit; running statistics of bn go on.",
        "With statistics=yes they stay too, and training normalizes by them: bn.eval() in PyTorch.",
        "In a script: conv 16 3 frozen=yes, bn frozen=yes statistics=running.",
      ],
      examples: ["freeze conv1", "freeze conv1..relu1", "freeze bn1 statistics=yes"],
      slots: [.path], keys: [statisticsKey], words: 1,
      run: { try $0.freeze($1) }),
    CommandRow(
      "unfreeze", .edit, usage: "unfreeze PATH|PATH..PATH [statistics=yes]",
      "lets training change the parameters of blocks again, and of all inside them",
      details: ["With statistics=yes bn normalizes by the batch's statistics again."],
      examples: ["unfreeze *"], slots: [.path], keys: [statisticsKey], words: 1,
      run: { try $0.unfreeze($1) }),
  ]

  private static let statisticsKey = CommandRow.Key(
    "statistics", default: "no", "the running statistics of bn as well")
}

extension CommandScope {
  /// Answers `freeze PATH`.
  mutating func freeze(_ invocation: Invocation) throws -> Report {
    try changeFreeze(
      invocation, done: "froze", state: ("is frozen already", "are frozen already"), verb: "freeze"
    ) {
      network, targets throws(EditError) in try network.freezing(targets)
    }
  }

  /// Answers `unfreeze PATH`.
  mutating func unfreeze(_ invocation: Invocation) throws -> Report {
    try changeFreeze(
      invocation, done: "unfroze", state: ("is not frozen", "are not frozen"), verb: "unfreeze"
    ) {
      network, targets throws(EditError) in try network.unfreezing(targets)
    }
  }

  private mutating func changeFreeze(
    _ invocation: Invocation, done: String, state: (one: String, all: String), verb: String,
    _ change: (Network, [Located]) throws(EditError) -> FreezingResult
  ) throws -> Report {
    let network = try currentNetwork(at: invocation.range)
    let path = try invocation.word(0, "PATH", invocation.row)
    let targets = try refusing(at: path.range) { () throws(PathFault) in
      try network.blocks(inRange: path.text)
    }
    let statistics = try invocation.option("statistics")?.value.flag("statistics") ?? false
    let result = try refusing(at: path.range) { () throws(EditError) in
      try change(network, targets)
    }
    var after = result.network
    var normalizations = 0
    if statistics {
      (after, normalizations) = try refusing(at: path.range) { () throws(EditError) in
        try after.normalizing(
          Set(targets.map(\.block.id)), byRunningStatistics: verb == "freeze")
      }
    }
    if result.changed.isEmpty, normalizations == 0 {
      return Report(Self.nothingChanged(result, state: state, verb: verb))
    }
    replaceNetwork(with: after)
    var lines: [StyledText] = []
    if let first = result.changed.first {
      let name =
        result.changed.count == 1 ? first.path : Numbers.count(result.changed.count, "block")
      var line = StyledText("\(done) \(name), \(Numbers.count(result.parameters, "parameter"))")
      line.append("; " + Self.learning(after))
      lines.append(line)
    }
    if normalizations > 0 {
      lines.append(
        StyledText(
          "training normalizes by \(verb == "freeze" ? "running" : "the batch's") statistics in "
            + Numbers.count(normalizations, "bn layer")))
    }
    return Report(lines)
  }

  private static func nothingChanged(
    _ result: FreezingResult, state: (one: String, all: String), verb: String
  )
    -> String
  {
    if let known = result.unchanged.first {
      return result.unchanged.count == 1
        ? "\(known.path) \(state.one)"
        : "all \(Numbers.count(result.unchanged.count, "block")) \(state.all)"
    }
    let names = listed(result.empty.map(\.path))
    return "\(names): no parameters to \(verb)"
  }

  /// `1,280 of 12,345 learn`.
  private static func learning(_ network: Network) -> String {
    "\(Numbers.grouped(network.trainableCount)) of \(Numbers.grouped(network.learnableCount)) learn"
  }
}
