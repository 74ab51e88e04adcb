import Kernels
import Networks

/// A plan before it takes memory: lowered, fused, differentiated, every buffer placed.
struct PlanDraft {
  let graph: Graph

  /// The options, with the threads that the work is worth.
  let options: PlanOptions
  let cells = PlanCells()
  let builder: PlanBuilder

  /// Floats of activations and gradients, and of working memory behind them.
  let arenaCount: Int
  let scratch: Scratch.Extent

  /// Floats of the whole arena.
  var floats: Int { arenaCount + scratch.total }

  /// Lowers a network.
  ///
  /// - Parameter onPaper: Whether it may be larger than memory, since nothing is going to run.
  /// - Throws: `EngineError` where the network cannot run so, or a single value is larger than memory.
  init(
    _ network: Network, slabs: ParameterSlabs, options requested: PlanOptions, seed: UInt64,
    onPaper: Bool = false
  ) throws(EngineError) {
    try Arena.check(bytes: AvailableMemory.bytes(network.facts.count, Self.bytesPerBlock))
    var graph = try Lowering.graph(of: network, images: requested.batch)
    try Self.checkSize(graph, onPaper: onPaper)
    if !requested.keepsValues, requested.routes.isEmpty { graph = Fusion.fuse(graph) }
    var options = requested
    options.threads = ThreadChoice.threads(for: network, options: requested)
    graph.order = graph.order(for: options)
    self.graph = graph
    self.options = options
    builder = PlanBuilder(graph: graph, options: options, slabs: slabs, seed: seed, cells: cells)
    builder.isOnPaper = onPaper
    try builder.build()
    (arenaCount, scratch) = builder.place()
  }

  /// Bytes that graph, steps and instructions of a block take while a plan is compiled, with room to spare.
  private static let bytesPerBlock = 1 << 14

  /// Floats of a value, of which so many as a network has blocks can be added up.
  private static let mostOnPaper = 1 << 40

  /// Refuses values that alone are larger than memory, before sizes are added up.
  private static func checkSize(_ graph: Graph, onPaper: Bool) throws(EngineError) {
    let largest = graph.counts.max() ?? 0
    if onPaper, largest <= mostOnPaper { return }
    try Arena.check(bytes: AvailableMemory.bytes(largest, 4))
  }
}
