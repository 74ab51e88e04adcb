import HashTreeCollections

/// One walk over a tree that resolves shortcuts and finds every block's facts.
struct Inference {
  /// A block after its shortcuts are resolved, and what leaves it.
  struct Outcome {
    let block: Block
    let output: Shape
    let receptiveField: ReceptiveField

    /// As in `BlockFacts`.
    let strides: [Int]?
  }

  /// What was found so far.
  private(set) var facts: TreeDictionary<BlockID, BlockFacts> = [:]

  /// The values that were tapped on the way.
  private(set) var taps = TapScope<TappedValue>()

  /// How many facts were found, which tells what the walk has cost.
  private(set) var found = 0
  private var path: [String] = []
  private let triesRepairs: Bool

  /// How many blocks around the current one, itself included, are frozen.
  private var frozenDepth = 0

  /// A walk over blocks that find these values tapped.
  init(triesRepairs: Bool = true, taps: TapScope<TappedValue> = TapScope()) {
    self.triesRepairs = triesRepairs
    self.taps = taps
  }

  /// A walk over blocks that follow those of which facts are known.
  init(continuing facts: TreeDictionary<BlockID, BlockFacts>, taps: TapScope<TappedValue>) {
    self.init(taps: taps)
    self.facts = facts
  }

  /// Infers blocks that follow the last child of a root whose facts are known, and finds the root's facts anew.
  ///
  /// - Throws: As `infer(_:input:field:)` does.
  mutating func infer(_ blocks: [Block], following root: Block) throws(ShapeError) -> [Block] {
    guard let known = facts[root.id] else { return [] }
    if root.isFrozen { frozenDepth += 1 }
    defer { if root.isFrozen { frozenDepth -= 1 } }
    var chain = Chain(known)
    for block in blocks { try extend(&chain, with: block) }
    var sums = Sums(known)
    for block in chain.resolved { try add(block, to: &sums, of: root) }
    _ = try record(
      sums.facts(
        input: known.input, output: chain.output, field: chain.field, strides: chain.strides),
      of: root, isAgain: true)
    return chain.resolved
  }

  /// Infers a block and all below it.
  ///
  /// - Throws: The first fault in the order of execution, with the path of its block.
  mutating func infer(_ block: Block, input: Shape, field: ReceptiveField) throws(ShapeError)
    -> Outcome
  {
    if !block.name.isEmpty { path.append(block.name) }
    defer { if !block.name.isEmpty { path.removeLast() } }
    if block.isFrozen { frozenDepth += 1 }
    defer { if block.isFrozen { frozenDepth -= 1 } }
    if path.count > NetworkLimits.nesting {
      throw error(.tooLarge(quantity: .nesting, limit: NetworkLimits.nesting), in: block)
    }
    switch block.form {
    case .layer(let layer): return try infer(layer, block: block, input: input, field: field)
    case .sequential(let children), .repeated(let children):
      return try inferChain(children, block: block, input: input, field: field)
    case .shared(let children, let passes):
      return try inferShared(children, passes: passes, block: block, input: input, field: field)
    case .residual(let residual):
      return try infer(residual, block: block, input: input, field: field)
    case .parallel(let parallel):
      return try infer(parallel, block: block, input: input, field: field)
    case .join(let join): return try infer(join, block: block, input: input, field: field)
    }
  }

  private mutating func infer(_ layer: Layer, block: Block, input: Shape, field: ReceptiveField)
    throws(ShapeError) -> Outcome
  {
    var known: BlockFacts
    do throws(ShapeFault) {
      known = try BlockFacts(layer, input: input, field: field)
    } catch {
      throw refusal(error, of: block, input: input)
    }
    if case .tap(let tap) = layer {
      taps[tap.name] = TappedValue(shape: input, receptiveField: field)
    }
    if frozenDepth > 0 { known.frozen = known.learnable }
    return try record(known, of: block)
  }

  private mutating func inferChain(
    _ children: BlockList, block: Block, input: Shape, field: ReceptiveField
  ) throws(ShapeError) -> Outcome {
    var chain = Chain(input: input, field: field)
    chain.resolved.reserveCapacity(children.count)
    for child in children { try extend(&chain, with: child) }
    let resolved = chain.resolved
    var result = block.with(children: resolved)
    if case .repeated = result.form, !resolved.allSatisfy({ $0.hasSameForm(as: resolved[0]) }) {
      result.form = .sequential(BlockList(resolved))
    }
    return try close(
      result, input: input, output: chain.output, field: chain.field, strides: chain.strides)
  }

  mutating func extend(_ chain: inout Chain, with child: Block) throws(ShapeError) {
    let outcome = try infer(child, input: chain.output, field: chain.field)
    chain.resolved.append(outcome.block)
    chain.output = outcome.output
    chain.field = outcome.receptiveField
    chain.strides = Chain.product(chain.strides, outcome.strides)
  }

  private mutating func infer(
    _ residual: Residual, block: Block, input: Shape, field: ReceptiveField
  ) throws(ShapeError) -> Outcome {
    let body = try infer(residual.body, input: input, field: field)
    var resolved = residual
    resolved.body = body.block
    do throws(ShapeFault) {
      if residual.kind != .given {
        var resolution = ShortcutResolution(
          kind: residual.kind, input: input, output: body.output,
          bodyStrides: body.strides)
        let statistics = body.block.normalizationStatistics
        resolution.usesRunningStatistics =
          !statistics.isEmpty && statistics.allSatisfy { $0.usesRunning }
        resolution.isSynchronized =
          !statistics.isEmpty && statistics.allSatisfy { $0.isSynchronized }
        let layers = try resolution.layers()
        resolved.shortcut = Self.chain(of: layers, replacing: residual.shortcut)
      }
    } catch {
      throw refusal(error, of: block, input: input)
    }
    let shortcut = try infer(resolved.shortcut, input: input, field: field)
    if shortcut.output != body.output {
      let fault = ShapeFault.sum(
        body: body.output, shortcut: shortcut.output, input: input, kind: residual.kind)
      throw refusal(fault, of: block, input: input)
    }
    resolved.shortcut = shortcut.block
    var result = block
    result.form = .residual(resolved)
    return try close(
      result, input: input, output: body.output,
      field: body.receptiveField.union(shortcut.receptiveField), strides: body.strides)
  }

  /// A refused layer, sum, join or body with the changes that would repair it.
  func refusal(_ fault: ShapeFault, of block: Block, input: Shape) -> ShapeError {
    var refusal = error(fault, in: block)
    if triesRepairs {
      let repairs = Repairs(
        block: block, input: input, path: path.joined(separator: "."), taps: taps)
      refusal.offers = repairs.offers(after: fault)
    }
    return refusal
  }

  /// A chain of these layers that keeps the identities of those it replaces, kind for kind.
  private static func chain(of layers: [Layer], replacing old: Block) -> Block {
    var known = old.children
    var children: [Block] = []
    var names = NameSupply()
    for layer in layers {
      let name = names.fresh(layer.kind.nameStem)
      names.insert(name)
      if let index = known.firstIndex(where: { $0.name == name }) {
        var child = known.remove(at: index)
        child.form = .layer(layer)
        children.append(child)
      } else {
        children.append(Block(name: name, form: .layer(layer)))
      }
    }
    return old.with(children: children)
  }

  private mutating func infer(
    _ parallel: Parallel, block: Block, input: Shape, field: ReceptiveField
  ) throws(ShapeError) -> Outcome {
    var outcomes: [Outcome] = []
    var resolved = parallel
    if let gate = parallel.gate, let last = resolved.branches.popLast() {
      do throws(ShapeFault) { try gate.check(for: input) } catch {
        throw refusal(error, of: block, input: input)
      }
      resolved.branches.append(Self.chain(of: gate.layers(for: input), replacing: last))
    }
    var known = block
    known.form = .parallel(resolved)
    for branch in resolved.branches {
      outcomes.append(try infer(branch, input: input, field: field))
    }
    guard let first = outcomes.first else {
      return try close(
        block, input: input, output: input, field: field,
        strides: Array(repeating: 1, count: input.spatialRank))
    }
    let output: Shape
    do throws(ShapeFault) {
      output = try parallel.join.output(of: outcomes.map(\.output), input: input)
    } catch {
      throw refusal(error, of: known, input: input)
    }
    var seen = outcomes.dropFirst().reduce(first.receptiveField) { $0.union($1.receptiveField) }
    if parallel.join == .highway { seen = seen.union(field) }
    return try close(
      block.with(children: outcomes.map(\.block)), input: input, output: output, field: seen,
      strides: Self.widest(
        outcomes.compactMap { $0.output.spatial == output.spatial ? $0.strides : nil }))
  }

  /// The largest of the strides of branches along each dimension; nothing where none are known.
  private static func widest(_ strides: [[Int]]) -> [Int]? {
    guard let first = strides.first else { return nil }
    return strides.dropFirst().reduce(first) { zip($0, $1).map { max($0, $1) } }
  }

  /// Sums the facts of the children.
  mutating func close(
    _ block: Block, input: Shape, output: Shape, field: ReceptiveField, strides: [Int]?
  ) throws(ShapeError) -> Outcome {
    try record(
      sums(of: block).facts(input: input, output: output, field: field, strides: strides),
      of: block)
  }

  /// What the children of a block come to.
  func sums(of block: Block) throws(ShapeError) -> Sums {
    var sums = Sums()
    for child in block.children { try add(child, to: &sums, of: block) }
    return sums
  }

  /// Adds a child's facts to the sums of its parent.
  private func add(_ child: Block, to sums: inout Sums, of block: Block) throws(ShapeError) {
    guard let known = facts[child.id] else { return }
    sums.add(known)
    try check(sums, of: block)
  }

  /// Throws where a block would be too large.
  func check(_ sums: Sums, of block: Block) throws(ShapeError) {
    if sums.executed > NetworkLimits.blocks {
      throw error(.tooLarge(quantity: .blocks, limit: NetworkLimits.blocks), in: block)
    }
    if sums.learnable > NetworkLimits.parameters {
      throw error(.tooLarge(quantity: .parameters, limit: NetworkLimits.parameters), in: block)
    }
    if sums.multiplyAdds > NetworkLimits.multiplyAdds {
      throw error(.tooLarge(quantity: .multiplyAdds, limit: NetworkLimits.multiplyAdds), in: block)
    }
  }

  /// Keeps the facts of a block; one whose identity another has already gets a new one.
  ///
  /// - Parameter isAgain: Whether facts of this very block were known before.
  mutating func record(_ known: BlockFacts, of block: Block, isAgain: Bool = false)
    throws(ShapeError) -> Outcome
  {
    if !isAgain, facts.count >= NetworkLimits.blocks {
      throw error(.tooLarge(quantity: .blocks, limit: NetworkLimits.blocks), in: block)
    }
    var kept = block
    if !isAgain, facts[block.id] != nil {
      kept = block.withNewIdentity
    }
    facts[kept.id] = known
    found += 1
    return Outcome(
      block: kept, output: known.output, receptiveField: known.receptiveField,
      strides: known.strides)
  }

  func error(_ fault: ShapeFault, in block: Block) -> ShapeError {
    ShapeError(path: path.joined(separator: "."), block: block.id, fault: fault)
  }
}
