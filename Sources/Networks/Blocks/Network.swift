import HashTreeCollections

/// A well-shaped network: a value, whose existence says that all shapes agree.
package struct Network: Sendable {
  /// The shape of one example.
  package let input: Shape

  /// A sequential without a name, all of whose shortcuts are resolved.
  package let root: Block

  /// What is known of each block, the root included.
  package let facts: TreeDictionary<BlockID, BlockFacts>

  /// The values that were tapped, as they are at the end.
  let taps: TapScope<TappedValue>

  /// The names of the root's children, where they are known already.
  private let knownNames: NameSupply?

  /// Resolves the shortcuts of a tree and infers all shapes.
  ///
  /// - Throws: The first misfit in the order of execution.
  package init(input: Shape, root: Block) throws(ShapeError) {
    do { try input.checkAsInput() } catch {
      throw ShapeError(path: "input", block: root.id, fault: error)
    }
    var inference = Inference()
    let outcome = try inference.infer(
      root, input: input, field: .input(rank: input.spatialRank))
    self.input = input
    self.root = outcome.block
    facts = inference.facts
    taps = inference.taps
    knownNames = nil
  }

  /// A network with further blocks at its end, of which alone facts are inferred: what is known of the others
  /// does not depend on what follows them.
  ///
  /// - Throws: The first misfit among the new blocks, or where the whole becomes too large.
  init(_ network: Network, appending blocks: [Block]) throws(ShapeError) {
    var inference = Inference(continuing: network.facts, taps: network.taps)
    let outcomes = try inference.infer(blocks, following: network.root)
    var names = network.names
    for outcome in outcomes { names.insert(outcome.name) }
    input = network.input
    root = network.root.with(children: network.root.children + outcomes)
    facts = inference.facts
    taps = inference.taps
    knownNames = names
  }

  /// A network without blocks, whose output is its input.
  package init(input: Shape) throws(ShapeError) {
    try self.init(input: input, root: Block(name: "", form: .sequential([])))
  }

  /// The shape of the output for one example.
  package var output: Shape { facts[root.id]?.output ?? input }

  /// Values learned by gradients.
  package var learnableCount: Int { facts[root.id]?.learnable ?? 0 }

  /// Those of them that training leaves as they are.
  package var frozenCount: Int { facts[root.id]?.frozen ?? 0 }

  /// Those that training changes.
  package var trainableCount: Int { learnableCount - frozenCount }

  /// Running statistics, gathered but not learned.
  package var runningCount: Int { facts[root.id]?.running ?? 0 }

  /// Multiply-adds of one example.
  package var multiplyAdds: Int { facts[root.id]?.multiplyAdds ?? 0 }

  /// What one output position sees of the input.
  package var receptiveField: ReceptiveField {
    facts[root.id]?.receptiveField ?? .input(rank: input.spatialRank)
  }

  /// The names of the root's children.
  package var names: NameSupply { knownNames ?? NameSupply(root.children.lazy.map(\.name)) }

  /// Whether there is no block.
  package var isEmpty: Bool { root.children.isEmpty }

  /// Whether two networks are alike but for the identities of their blocks.
  package func isSame(as other: Network) -> Bool {
    input == other.input && root.isSame(as: other.root)
  }

  /// Calls a closure for every block but the root, parents before children, with its path.
  package func walk(_ visit: (Block, _ path: String) -> Void) {
    func descend(_ block: Block, prefix: String) {
      for child in block.children {
        let path = prefix.isEmpty ? child.name : prefix + "." + child.name
        visit(child, path)
        descend(child, prefix: path)
      }
    }
    descend(root, prefix: "")
  }
}
