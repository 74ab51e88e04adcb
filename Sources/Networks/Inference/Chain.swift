extension Inference {
  /// Blocks one after another, as far as they are inferred.
  struct Chain {
    var resolved: [Block] = []

    /// What leaves the last of them, as in `BlockFacts`.
    var output: Shape
    var field: ReceptiveField
    var strides: [Int]?

    /// A chain without blocks.
    init(input: Shape, field: ReceptiveField) {
      output = input
      self.field = field
      strides = Array(repeating: 1, count: input.spatialRank)
    }

    /// The end of a chain whose facts are known, without its blocks.
    init(_ known: BlockFacts) {
      output = known.output
      field = known.receptiveField
      strides = known.strides
    }

    /// The strides of one block after another; nothing where either lets no positions through.
    static func product(_ first: [Int]?, _ second: [Int]?) -> [Int]? {
      guard let first, let second, first.count == second.count else { return nil }
      return zip(first, second).map { saturatingProduct($0, $1) }
    }
  }

  /// What the children of a block come to between them.
  struct Sums {
    private(set) var learnable = 0
    private(set) var multiplyAdds = 0
    private(set) var executed = 0
    private var frozen = 0
    private var running = 0

    init() {}

    /// Those of a block that is known.
    init(_ known: BlockFacts) {
      add(known)
      executed -= 1
    }

    mutating func add(_ known: BlockFacts) {
      learnable += known.learnable
      frozen += known.frozen
      running += known.running
      multiplyAdds += known.multiplyAdds
      executed += known.executed
    }

    /// Counts what is computed once for each pass; what is learned is there once.
    mutating func `repeat`(_ passes: Int) {
      multiplyAdds = saturatingProduct(multiplyAdds, passes)
      executed = saturatingProduct(max(executed, 1), passes)
    }

    /// The facts of the block that has these sums.
    func facts(input: Shape, output: Shape, field: ReceptiveField, strides: [Int]?) -> BlockFacts {
      var known = BlockFacts(
        input: input, output: output, learnable: learnable, running: running,
        multiplyAdds: multiplyAdds, strides: strides, receptiveField: field)
      known.frozen = frozen
      known.executed = executed + 1
      return known
    }
  }
}
