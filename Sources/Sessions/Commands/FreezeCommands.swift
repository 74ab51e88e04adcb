import Language
import Networks

extension CommandTable {
  /// Commands that hold parameters as they are.
  static let freezeRows: [CommandRow] = [
    CommandRow(
      "freeze", .edit, usage: "freeze PATH|PATH..PATH",
      "has training leave the parameters of blocks as they are",
      details: [
        "All inside a frozen container is frozen. A path with * freezes all that fit.",
        "Weights, and what the optimizer remembers of them, stay to the bit; running statistics of bn go on.",
        "In a script: conv 16 3 frozen=yes.",
      ],
      examples: ["freeze conv1", "freeze conv1..relu1", "freeze *"], slots: [.path], words: 1,
      run: { session, invocation, _ in try session.freeze(invocation) }),
    CommandRow(
      "unfreeze", .edit, usage: "unfreeze PATH|PATH..PATH",
      "lets training change the parameters of blocks again, and of all inside them",
      examples: ["unfreeze *"], slots: [.path], words: 1,
      run: { session, invocation, _ in try session.unfreeze(invocation) }),
  ]
}

extension Session {
  /// Answers `freeze PATH`.
  func freeze(_ invocation: Invocation) throws -> Report {
    try changeFreeze(
      invocation, done: "froze", state: ("is frozen already", "are frozen already"), verb: "freeze"
    ) {
      network, targets throws(EditError) in try network.freezing(targets)
    }
  }

  /// Answers `unfreeze PATH`.
  func unfreeze(_ invocation: Invocation) throws -> Report {
    try changeFreeze(
      invocation, done: "unfroze", state: ("is not frozen", "are not frozen"), verb: "unfreeze"
    ) {
      network, targets throws(EditError) in try network.unfreezing(targets)
    }
  }

  private func changeFreeze(
    _ invocation: Invocation, done: String, state: (one: String, all: String), verb: String,
    _ change: (Network, [Located]) throws(EditError) -> FreezingResult
  ) throws -> Report {
    let network = try networkInHand(at: invocation.range)
    let path = try invocation.word(0, "PATH", invocation.row)
    let targets = try refusing(at: path.range) { () throws(PathFault) in
      try network.blocks(inRange: path.text)
    }
    let result = try refusing(at: path.range) { () throws(EditError) in
      try change(network, targets)
    }
    guard let first = result.changed.first else {
      return Report(Self.nothingChanged(result, state: state, verb: verb))
    }
    adopt(result.network)
    let name =
      result.changed.count == 1 ? first.path : Numbers.count(result.changed.count, "block")
    var line = StyledText("\(done) \(name), \(Numbers.count(result.parameters, "parameter"))")
    line.append("; " + Self.learning(result.network))
    return Report([line])
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
