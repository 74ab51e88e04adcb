import Kernels
import Networks

/// A pass of a convolution laid out alone, each way to compute it timed by turns on the same memory.
struct ConvolutionTrial {
  private let planned: PlannedConvolution
  private let options: PlanOptions
  private let slabs: ParameterSlabs

  /// A trial with weights of its own.
  ///
  /// - Throws: `EngineError.memory` where there is none for them.
  init(_ planned: PlannedConvolution, of network: Network, _ options: PlanOptions)
    throws(EngineError)
  {
    self.planned = planned
    self.options = options
    let keys = [planned.operation.weight, planned.operation.bias]
    let layout = ParameterLayout(network.parameters.filter { keys.contains($0.key) })
    slabs = try ParameterSlabs(layout, stateSlabs: 0)
    slabs.weights.update(repeating: Self.value, count: layout.learnableCount)
  }

  /// What all inputs, gradients and weights are: no kernel takes another time for other numbers.
  private static let value: Float = 0.01

  /// Times the ways that can be had, the slower ones less often; nothing where not even that of the rule can.
  ///
  /// - Parameter seconds: After which no further round is begun.
  /// - Throws: `EngineError.memory`, `EngineError.kernel`, `EngineError.interrupted`.
  func time(seconds: Double) throws(EngineError) -> (
    ruled: ConvolutionTiming.Candidate, others: [ConvolutionTiming.Candidate]
  )? {
    let methods = ConvolutionChoice.candidates(planned.task, options)
      .filter { $0 != planned.method }
    let layouts = ([planned.method] + methods).compactMap(layout)
    guard layouts.first?.method == planned.method else { return nil }
    let arena = try Arena(count: layouts.map(\.floats).max() ?? 0)
    let ways = layouts.map { Way($0, in: arena, threads: planned.task.threads) }
    try compare(ways, seconds: seconds)
    let found = ways.map { ConvolutionTiming.Candidate(method: $0.method, seconds: $0.seconds) }
    return withExtendedLifetime(arena) { (found[0], Array(found.dropFirst())) }
  }

  /// Times ways by turns, those near the fastest more often; then the fastest beside the first once more.
  private func compare(_ ways: [Way], seconds: Double) throws(EngineError) {
    let start = ContinuousClock.now
    for way in ways {
      try way.warmUp()
      let best = ways.map(\.seconds).min() ?? 0
      if way.seconds < Self.hopeless * best { try way.sample() }
    }
    for round in 0..<Self.rounds {
      if round >= Self.fewRounds, start.duration(to: .now) / .seconds(1) > seconds { break }
      let best = ways.map(\.seconds).min() ?? 0
      for way in ways where way.seconds < Self.near * best { try way.sample() }
    }
    guard let fastest = ways.min(by: { $0.seconds < $1.seconds }), fastest !== ways[0] else {
      return
    }
    for _ in 0..<Self.fewRounds {
      try ways[0].sample()
      try fastest.sample()
    }
  }

  private static let (rounds, fewRounds) = (6, 3)

  /// How many times longer than the fastest a way takes that is timed no more: after the first run, when memory is new,
  /// and in rounds.
  private static let (hopeless, near) = (3.0, 1.2)

  /// A way laid out, without memory.
  private struct Layout {
    let method: ConvolutionMethod
    let builder: PlanBuilder
    let arenaCount: Int
    let scratch: Scratch.Extent

    /// Buffers that are filled before each run, with their values.
    let sources: [(buffer: BufferID, count: Int)]

    var floats: Int { arenaCount + scratch.total }
  }

  /// Lays out the pass alone; nothing where it cannot be computed in a way.
  private func layout(_ method: ConvolutionMethod) -> Layout? {
    let (task, operation) = (planned.task, planned.operation)
    var options = options
    options.choices = ConvolutionChoices()
    options.choices?[task] = method
    options.wantsInputGradient = true
    let (from, to) =
      task.isTransposed
      ? (task.geometry.output, task.geometry.input) : (task.geometry.input, task.geometry.output)
    var graph = Graph(
      input: Extent(from, images: task.geometry.images),
      inputShape: Shape(channels: from.channels, spatial: [from.height, from.width]),
      outputExtent: Extent(to, images: task.geometry.images))
    graph.output = graph.append(
      .convolution(operation), [0], count: graph.outputExtent.count, block: BlockID(),
      path: planned.path)
    let builder = PlanBuilder(
      graph: graph, options: options, slabs: slabs, seed: 0, cells: PlanCells())
    let gradient = builder.lastingBuffer(graph.outputExtent.count)
    if task.accumulates { builder.gradients[0] = builder.lastingBuffer(graph.input.count) }
    emit(graph.nodes[0], operation, dy: gradient, in: builder)
    guard builder.convolutions.last?.method == method else { return nil }
    let (arenaCount, scratch) = builder.place()
    return Layout(
      method: method, builder: builder, arenaCount: arenaCount, scratch: scratch,
      sources: [(builder.input, graph.input.count), (gradient, graph.outputExtent.count)])
  }

  private func emit(
    _ node: Node, _ operation: ConvolutionOperation, dy: BufferID, in builder: PlanBuilder
  ) {
    switch (planned.task.pass, operation.isTransposed) {
    case (.forwardTraining, false), (.forwardInference, false):
      builder.emitConvolution(operation, node)
    case (.backwardData, false): builder.emitInputGradient(operation, node, dy: dy)
    case (.backwardWeights, false): builder.emitWeightGradient(operation, node, dy: dy)
    case (.backwardData, true): builder.emitTransposedConvolution(operation, node)
    case (.forwardTraining, true), (.forwardInference, true):
      builder.emitTransposedInputGradient(operation, node, dy: dy)
    case (.backwardWeights, true): builder.emitTransposedWeightGradient(operation, node, dy: dy)
    }
  }

  /// A way that can be run, and the least seconds that it took.
  private final class Way {
    let method: ConvolutionMethod
    private let layout: Layout
    private let memory: Binding
    private let executor: Executor
    private let preparation: Int
    private(set) var seconds = Double.infinity

    init(_ layout: Layout, in arena: Arena, threads: Int) {
      self.layout = layout
      method = layout.method
      let (builder, scratch) = (layout.builder, layout.scratch)
      let memory = Binding(
        base: arena.start, buffers: builder.buffers,
        scratch: Scratch(start: arena.start + layout.arenaCount, stride: scratch.stride),
        threadStride: scratch.threadStride)
      let prepared = builder.preparation.flatMap { $0.bind(memory) }
      let instructions = prepared + builder.steps.flatMap { $0.bind(memory) }
      preparation = prepared.count
      executor = Executor(instructions, threads: ThreadStacks.usable(threads))
      self.memory = memory
    }

    deinit { executor.deallocate() }

    /// Has code and memory be there.
    func warmUp() throws(EngineError) {
      fill()
      try run(0..<preparation)
      try sample(repeats: 1)
    }

    /// Runs it some times, after its inputs were written as if by the layer before.
    func sample() throws(EngineError) {
      try sample(repeats: max(1, Int(min(Self.leastSample / seconds, 1000))))
    }

    private func sample(repeats: Int) throws(EngineError) {
      try EngineError.checkInterruption()
      fill()
      let start = Stopwatch(isAlone: executor.threadCount == 1)
      for _ in 0..<repeats { try run(preparation..<executor.instructions.count) }
      seconds = min(seconds, start.seconds / Double(repeats))
    }

    /// Seconds of a sample, which are some clock ticks.
    private static let leastSample = 1e-4

    private func run(_ range: Range<Int>) throws(EngineError) {
      guard let failure = executor.run(range, until: Interruption.signal) else { return }
      if failure.status == Instruction.isStopped { throw .interrupted }
      throw .kernel(path: layout.builder.graph.nodes[0].path, status: Int(failure.status))
    }

    private func fill() {
      for source in layout.sources {
        memory[source.buffer].update(repeating: ConvolutionTrial.value, count: source.count)
      }
    }
  }
}

extension Extent {
  /// The extent of a side of a convolution.
  fileprivate init(_ plane: ConvolutionGeometry.Plane, images: Int) {
    self.init(
      images: images, height: plane.height, width: plane.width, channels: plane.channels)
  }
}
