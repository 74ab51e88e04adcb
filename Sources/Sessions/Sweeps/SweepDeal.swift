import Language

/// Which runs of a sweep a process takes: the processes take turns with the passes of loops that train.
///
/// A pass that trains begins as its loop did, so that it needs nothing of the others; what follows in it, with the
/// passes of loops inside, is taken by the same process.
struct SweepDeal {
  let rank: Int
  let count: Int

  /// Passes that train, dealt so far.
  private(set) var dealt = 0

  /// The pass that this process is in, by its number.
  private(set) var pass: Int?
  private var depth = 0

  /// The loops around the pass at hand, and the runs that were begun in it.
  private var passDepth = 0
  private(set) var runs = 0

  init(rank: Int, of count: Int) { (self.rank, self.count) = (rank, count) }

  /// Follows loops from pass to pass.
  mutating func follow(_ event: LoopEvent) {
    switch event {
    case .begins: depth += 1
    case .passBegins: endPass()
    case .ends:
      endPass()
      depth -= 1
    }
  }

  private mutating func endPass() {
    if pass != nil, depth <= passDepth { pass = nil }
  }

  /// Deals the pass that a command is in which trains; nothing where that is done already, else its number and whether
  /// this process takes it.
  mutating func begin() -> (pass: Int, isOwn: Bool)? {
    if pass != nil { return nil }
    let number = dealt
    dealt += 1
    guard number % count == rank else { return (number, false) }
    (pass, passDepth, runs) = (number, depth, 0)
    return (number, true)
  }

  /// Numbers a run of the pass at hand.
  mutating func beginRun() -> SweepPlace {
    defer { runs += 1 }
    return SweepPlace(pass: pass ?? 0, run: runs)
  }
}

/// Where a run stands in a sweep: the pass that it is in, and its number there.
struct SweepPlace: Hashable, Comparable {
  let pass: Int
  let run: Int

  static func < (left: SweepPlace, right: SweepPlace) -> Bool {
    (left.pass, left.run) < (right.pass, right.run)
  }

  /// As it is said: `3`, or `3.2` for the second run of a pass.
  var text: String { run == 0 ? "\(pass + 1)" : "\(pass + 1).\(run + 1)" }
}

extension Language.Block {
  /// Whether passes need nothing of each other but what is there before the first that trains: no `let` follows a
  /// command that trains.
  var hasIndependentPasses: Bool {
    var hasTrained = false
    return Self.areIndependent(statements, &hasTrained)
  }

  private static func areIndependent(_ statements: [Statement], _ hasTrained: inout Bool) -> Bool {
    for statement in statements {
      switch statement {
      case .command(let command):
        for block in command.blocks where !areIndependent(block.statements, &hasTrained) {
          return false
        }
        if command.mayTrain { hasTrained = true }
      case .binding: if hasTrained { return false }
      case .loop(let loop):
        if !areIndependent(loop.body.statements, &hasTrained) { return false }
      case .conditional(let conditional):
        let bodies = conditional.branches.map(\.body) + [conditional.otherwise].compactMap { $0 }
        for body in bodies where !areIndependent(body.statements, &hasTrained) { return false }
      case .definition: break
      case .attempt(let body, _): if !areIndependent(body.statements, &hasTrained) { return false }
      }
    }
    return true
  }
}

extension CommandSyntax {
  /// Whether a run begins in a command.
  enum Training {
    case always, perhaps, never
  }

  /// What its verb says of that.
  var training: Training {
    guard let row else { return .never }
    if row.traits.contains(.background) { return .always }
    return ["source", "time", "rerun"].contains(row.verb) ? .perhaps : .never
  }

  /// Whether a run may begin in it, as far as its verb says.
  fileprivate var mayTrain: Bool {
    guard let row else { return false }
    return row.traits.contains(.background) || row.traits.contains(.blocks) || row.verb == "source"
  }

  private var row: CommandRow? {
    guard case .constant(let verb) = verb.form else { return nil }
    return CommandTable.row(verb.text)
  }
}
