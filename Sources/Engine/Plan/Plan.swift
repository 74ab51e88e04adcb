import Kernels
import Networks

/// A network compiled for one batch size and purpose: flat steps over one arena.
///
/// Belongs to one thread. Its memory is fixed once compiled; running it allocates nothing.
final class Plan {
  let options: PlanOptions
  let graph: Graph
  let arena: Arena
  let executor: Executor
  let cells: PlanCells

  /// For each instruction the step it belongs to.
  private let owners: [StepLabel]

  /// What was laid out, in the order of execution.
  let plannedSteps: [PlannedStep]

  /// For each parameter that learns the instruction before which its gradient is whole.
  let gradientEnds: [ParameterKey: Int]

  /// What is summed over all processes in the midst of a step, in order.
  private let exchanges: [StatisticsExchange]
  private var knownBuckets: [GradientBucket]?
  private let preparationEnd: Int
  let forwardEnd: Int

  /// Where a batch goes in, in the graph's order; what it is compared with, and what comes out, channels-last.
  let input: UnsafeMutablePointer<Float>
  let targets: UnsafeMutablePointer<Float>
  let output: UnsafeMutablePointer<Float>

  /// The gradient of the input, channels-last, where it was asked for and anything leads there.
  let inputGradient: UnsafeMutablePointer<Float>?

  /// The memory of each value that is kept apart.
  private let valuePointers: [UnsafeMutablePointer<Float>?]

  /// Parameters' version for which the preparation was run last.
  private var preparedVersion: Int?

  /// Threads that the plan's work is made for, and how many of them compute: fewer where there is no memory for them.
  let threads: Int
  let usableThreads: Int
  let libraryCalls: [LibraryConvolution]
  private let directCalls: [ConvolutionCall<DirectConvolution>]
  private let seriesCalls: [ConvolutionCall<SeriesConvolution>]

  /// Bytes of activations, gradients and scratch.
  var arenaBytes: Int { arena.count * 4 }

  /// Lowers, fuses, differentiates, plans memory and binds kernels.
  ///
  /// - Parameter spare: Memory of a plan that is gone, which this one takes over.
  /// - Throws: `EngineError` where the network cannot run so, or memory is short.
  init(
    _ network: Network, slabs: ParameterSlabs, options requested: PlanOptions, seed: UInt64,
    inPlaceOf spare: Arena? = nil
  ) throws(EngineError) {
    let draft = try PlanDraft(network, slabs: slabs, options: requested, seed: seed)
    let (builder, scratch) = (draft.builder, draft.scratch)
    arena = try Arena(count: draft.floats, inPlaceOf: spare)
    let memory = Binding(
      base: arena.start, buffers: builder.buffers,
      scratch: Scratch(start: arena.start + draft.arenaCount, stride: scratch.stride),
      threadStride: scratch.threadStride)
    var instructions: [Instruction] = []
    var owners: [StepLabel] = []
    var planned: [PlannedStep] = []
    var exchanges: [StatisticsExchange] = []
    func bind(_ steps: some Sequence<StepDraft>) -> Int {
      for step in steps {
        let label = StepLabel(kernel: step.kernel, path: step.path, block: step.block)
        let first = instructions.count
        for instruction in step.bind(memory) {
          instructions.append(instruction)
          owners.append(label)
        }
        if var exchange = step.exchange?.bind(memory) {
          exchange.end = instructions.count
          exchanges.append(exchange)
        }
        planned.append(
          PlannedStep(step, label, instructions: first..<instructions.count, builder.buffers))
      }
      return instructions.count
    }
    preparationEnd = bind(builder.preparation)
    forwardEnd = bind(builder.steps[..<builder.forwardCount])
    _ = bind(builder.steps[builder.forwardCount...])
    gradientEnds = builder.gradientEnds.mapValues { [forwardEnd] count in
      count <= builder.forwardCount
        ? forwardEnd : planned[builder.preparation.count + count - 1].instructions.upperBound
    }
    usableThreads = ThreadStacks.usable(draft.options.threads)
    executor = Executor(instructions, threads: usableThreads)
    self.owners = owners
    self.exchanges = exchanges
    plannedSteps = planned
    options = draft.options
    outputShape = network.output
    graph = draft.graph
    cells = draft.cells
    threads = options.threads
    libraryCalls = builder.libraryCalls
    directCalls = builder.directCalls
    seriesCalls = builder.seriesCalls
    input = memory[builder.input]
    targets = memory[builder.targets]
    output = memory[builder.value(graph.output)]
    inputGradient = options.wantsInputGradient ? builder.gradients[0].map { memory[$0] } : nil
    valuePointers = builder.values.map { $0.map { memory[$0] } }
  }

  deinit { executor.deallocate() }

  /// The shape of one example's output.
  let outputShape: Shape

  /// Makes targets harmless where only outputs count.
  func clearTargets() {
    targets.update(
      repeating: 0,
      count: options.loss.comparesClasses ? graph.outputExtent.rows : graph.outputExtent.count)
  }

  /// Integer labels in place of target numbers.
  var labels: UnsafeMutablePointer<Int32> {
    UnsafeMutableRawPointer(targets).assumingMemoryBound(to: Int32.self)
  }

  /// The sum of the batch's losses and the count of right answers after a forward pass.
  var loss: LossCell { cells.loss.pointee }

  /// Has the next forward pass add its losses to a sum of earlier ones.
  func carry(_ sum: Double) { cells.loss.pointee.earlier = sum }

  /// Says which share each example keeps in the batch, where examples are mixed.
  func setShare(_ share: Float) { cells.share.pointee = share }

  /// Runs forward to the loss; `version` says which parameters these are.
  ///
  /// A clock takes the times of a step of training.
  ///
  /// - Returns: False where a process gave up with which sums are taken.
  /// - Throws: `EngineError.kernel` where a kernel refused, `interrupted` where the signal of `Interruption` asks for
  ///   an end, and what taking sums throws.
  @discardableResult
  func forward(version: Int, step: Int, clock: StepClock? = nil, sums: StatisticsSums? = nil)
    throws(EngineError) -> Bool
  {
    cells.step.pointee = UInt64(truncatingIfNeeded: step)
    if clock == nil, preparedVersion != version {
      try run(0..<preparationEnd)
      preparedVersion = version
    }
    return try run(preparationEnd..<forwardEnd, clock, sums)
  }

  /// Runs backward after a forward pass.
  ///
  /// - Throws: `EngineError.kernel` where a kernel refused, `interrupted` as `forward`.
  func backward(clock: StepClock? = nil) throws(EngineError) {
    try run(forwardEnd..<owners.count, clock, nil)
  }

  /// Runs backward and hands over each bucket of gradients as soon as all of them are known, the last one once all
  /// instructions were run.
  ///
  /// - Parameter nudge: Called between steps once a bucket is on its way.
  /// - Returns: False where a process gave up with which sums are taken.
  /// - Throws: `EngineError.kernel` where a kernel refused, and what `send` throws.
  @discardableResult
  func backward(
    clock: StepClock?, buckets: [GradientBucket], sums: StatisticsSums? = nil,
    nudge: () -> Void = {}, _ send: (GradientBucket) throws(EngineError) -> Void
  ) throws(EngineError) -> Bool {
    var first = forwardEnd
    var isSending = false
    func run(to end: Int) throws(EngineError) -> Bool {
      if isSending {
        for step in plannedSteps {
          let place = step.instructions.upperBound
          if place <= first || place >= end { continue }
          if try !self.run(first..<place, clock, sums) { return false }
          first = place
          nudge()
        }
      }
      if try !self.run(first..<max(first, end), clock, sums) { return false }
      first = max(first, end)
      return true
    }
    for (index, bucket) in buckets.enumerated() {
      if try !run(to: index == buckets.count - 1 ? owners.count : bucket.end) { return false }
      try send(bucket)
      isSending = true
    }
    return try run(to: owners.count)
  }

  /// The gradients in buckets, for the parameters that the plan was compiled for.
  func buckets(_ layout: ParameterLayout) -> [GradientBucket] {
    if let knownBuckets { return knownBuckets }
    let buckets = GradientBucket.all(layout, ends: gradientEnds, first: forwardEnd)
    knownBuckets = buckets
    return buckets
  }

  /// Runs instructions, and takes what sums over all processes belong between or behind them; false where one gave up.
  @discardableResult
  private func run(_ range: Range<Int>, _ clock: StepClock?, _ sums: StatisticsSums?)
    throws(EngineError) -> Bool
  {
    var first = range.lowerBound
    func run(to end: Int) throws(EngineError) {
      if let clock { try self.run(first..<end, clock) } else { try self.run(first..<end) }
      first = end
    }
    if let sums {
      for exchange in exchanges where exchange.end > first && exchange.end <= range.upperBound {
        try run(to: exchange.end)
        if try !sums.take(exchange) { return false }
      }
    }
    try run(to: range.upperBound)
    return true
  }

  /// Runs instructions without a clock between them.
  ///
  /// - Throws: `EngineError.kernel` where a kernel refused, `interrupted` as `forward`.
  func run(_ range: Range<Int>) throws(EngineError) {
    guard let failure = executor.run(range, until: Interruption.signal) else { return }
    throw error(of: failure.index, status: failure.status)
  }

  /// Why an instruction failed, or that it was stopped.
  func error(of index: Int, status: Int32) -> EngineError {
    if status == Instruction.isStopped { return .interrupted }
    if case .lookUp(let work) = executor.instructions[index].work, status == LookUpWork.stray {
      return .stray(
        StrayNumber(
          number: cells.stray.pointee, path: owners[index].path, vocabulary: work.vocabulary))
    }
    return .kernel(path: owners[index].path, status: Int(status))
  }

  /// The memory of a value of the graph.
  func pointer(to value: ValueID) -> UnsafeMutablePointer<Float>? { valuePointers[value] }

  /// What each instruction is, and the least time of several runs of the whole plan.
  func report(runs: Int) throws(EngineError) -> [PlanReport.Line] {
    var best = Array(repeating: Duration.seconds(1_000_000), count: owners.count)
    let clock = ContinuousClock()
    for _ in 0..<max(runs, 1) {
      for index in owners.indices {
        let start = clock.now
        try run(index..<index + 1)
        best[index] = min(best[index], clock.now - start)
      }
    }
    return owners.indices.map { index in
      PlanReport.Line(
        kernel: owners[index].kernel, path: owners[index].path,
        threads: min(executor.instructions[index].parts, usableThreads), duration: best[index])
    }
  }
}

/// What a step is called in reports and errors.
struct StepLabel {
  let kernel: String
  let path: String
  let block: BlockID
}
