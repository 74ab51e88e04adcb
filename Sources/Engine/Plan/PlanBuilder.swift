import Kernels
import Networks

/// Collects the steps of a plan: forward, loss, backward, with the buffers between them.
final class PlanBuilder {
  let graph: Graph
  let options: PlanOptions
  let slabs: ParameterSlabs
  let seed: UInt64
  let cells: PlanCells

  private(set) var buffers = BufferPlan()

  /// Whether nothing is going to run, so that the library need not make code.
  var isOnPaper = false

  /// Steps that need to run only after parameters changed, when running for inference.
  private(set) var preparation: [StepDraft] = []
  private(set) var steps: [StepDraft] = []

  /// Index of the first step of the backward pass.
  var forwardCount = 0

  /// The buffer of each value and of each value's gradient.
  var values: [BufferID?]
  var gradients: [BufferID?]

  /// Buffers that a forward pass leaves for the backward one, by the value their node makes.
  var winnerBuffers: [ValueID: BufferID?] = [:]
  var normalizationBuffers: [ValueID: [BufferID]] = [:]

  /// The buffers that the forward pass wrote values to; those of a checkpoint are written to others again.
  private(set) var forwardValues: [BufferID?] = []

  /// The checkpoints that each value of one is made in, the outermost first.
  let checkpointsOfValues: [ValueID: [Int]]

  /// The checkpoints whose values are computed again already.
  var recomputedCheckpoints: Set<Int> = []

  /// Whether steps that are emitted compute values again.
  var isRecomputing = false

  /// For each parameter that learns the number of steps after which its gradient is whole.
  private(set) var gradientEnds: [ParameterKey: Int] = [:]

  /// Parameters to whose gradients a step has written already.
  var writtenGradients: Set<ParameterKey> = []

  /// Whether a learnable parameter lies upstream, or an input whose gradient is wanted.
  let needsGradient: [Bool]

  let input: BufferID
  let targets: BufferID

  /// What the plan must keep alive: calls of the library and our own convolutions.
  var libraryCalls: [LibraryConvolution] = []
  var directCalls: [ConvolutionCall<DirectConvolution>] = []
  var seriesCalls: [ConvolutionCall<SeriesConvolution>] = []

  /// The passes of convolutions in the order in which they were emitted, and who computes each.
  var convolutions: [PlannedConvolution] = []

  init(
    graph: Graph, options: PlanOptions, slabs: ParameterSlabs, seed: UInt64, cells: PlanCells
  ) {
    self.graph = graph
    self.options = options
    self.slabs = slabs
    self.seed = seed
    self.cells = cells
    checkpointsOfValues = Dictionary(
      graph.nodes.lazy.filter { !$0.checkpoints.isEmpty }.map { ($0.output, $0.checkpoints) },
      uniquingKeysWith: { first, _ in first })
    values = Array(repeating: nil, count: graph.counts.count)
    gradients = Array(repeating: nil, count: graph.counts.count)
    needsGradient = Self.upstreamParameters(graph, slabs, andInput: options.wantsInputGradient)
    input = buffers.add(floats: graph.input.count, isLasting: true, role: .batch)
    targets = buffers.add(
      floats: options.loss.comparesClasses ? graph.outputExtent.rows : graph.outputExtent.count,
      isLasting: true, role: .batch)
    values[0] = input
  }

  /// Emits all steps.
  ///
  /// - Throws: `EngineError.singleValueNormalization` where a batch normalization could not train.
  func build() throws(EngineError) {
    for node in graph.nodes { try emitForward(node) }
    let output = value(graph.output)
    if options.mode == .inference || options.isLook { buffers.touch(output, at: Int.max - 1) }
    if !options.isLook { emitLoss(output) }
    forwardCount = steps.count
    forwardValues = values
    if options.isDifferentiated {
      for node in graph.nodes.reversed() {
        try emitAgain(whatIsMissingFor: node)
        emitBackward(node)
        for key in node.operation.parameters where slabs.learns(key) {
          gradientEnds[key] = steps.count
        }
      }
      dropUnreadRecomputation()
      if let gradient = gradients[0] { buffers.touch(gradient, at: Int.max - 1) }
    }
  }

  /// A new buffer of the arena.
  func buffer(_ floats: Int, for role: BufferRole = .workspace) -> BufferID {
    buffers.add(floats: floats, isLasting: options.keepsValues, role: role)
  }

  /// A buffer for what is prepared from parameters: in inference it lasts from run to run.
  func preparedBuffer(_ floats: Int) -> BufferID {
    buffers.add(floats: floats, isLasting: options.mode == .inference, role: .packed)
  }

  /// A buffer whose values stay from run to run, so that they may be written when it is bound.
  func lastingBuffer(_ floats: Int) -> BufferID { buffers.add(floats: floats, isLasting: true) }

  func emit(_ step: StepDraft) {
    steps.append(step)
    steps[steps.count - 1].isRecomputed = isRecomputing
  }

  /// Keeps only some steps of the backward pass, one answer for each.
  func keepBackwardSteps(_ isNeeded: [Bool]) {
    // How many steps are left of the first so many.
    var left = [forwardCount]
    for isNeeded in isNeeded { left.append(left[left.count - 1] + (isNeeded ? 1 : 0)) }
    gradientEnds = gradientEnds.mapValues { left[$0 - forwardCount] }
    steps.replaceSubrange(
      forwardCount..., with: zip(steps[forwardCount...], isNeeded).filter { $0.1 }.map { $0.0 })
  }

  /// Emits a step whose result depends on parameters alone.
  func emitPreparation(_ step: StepDraft) {
    if options.mode == .inference { preparation.append(step) } else { emit(step) }
  }

  /// The memory of a value, which an earlier node has written.
  func value(_ id: ValueID) -> BufferID { values[id] ?? input }

  /// Gives a node's output a buffer.
  func output(of node: Node) -> BufferID {
    let result = buffer(graph.counts[node.output], for: .value)
    values[node.output] = result
    return result
  }

  /// Into how many parts a step over so many values is worth cutting: more than there are threads where each is still
  /// worth a thread's while, so that a thread that is held up holds up little.
  func parts(_ count: Int) -> Int {
    if options.threads == 1 || count < 1 << 14 { return 1 }
    return min(max(count >> 15, options.threads), ThreadChoice.piecesPerThread * options.threads)
  }

  /// The same where each part writes a copy of its own of what all of them make, which must be summed.
  func parts(_ count: Int, copying copy: Int, of values: Int) -> Int {
    min(parts(count), max(options.threads, values / max(copy, 1)))
  }

  /// Lets targets take over dying sources, then places every buffer.
  func place() -> (arena: Int, scratch: Scratch.Extent) {
    let all = preparation + steps
    for (index, step) in all.enumerated() {
      for buffer in step.reads + step.writes { buffers.touch(buffer, at: index) }
    }
    for step in all {
      for (source, target) in step.takeOvers { _ = buffers.takeOver(source, by: target) }
    }
    buffers.place()
    let stride = all.map { BufferPlan.padded($0.scratch) }.max() ?? 0
    let parts = all.filter { $0.scratch > 0 }.map(\.parts).max() ?? 0
    let threadStride = all.map { BufferPlan.padded($0.threadScratch) }.max() ?? 0
    return (
      buffers.total,
      Scratch.Extent(
        total: max(stride * parts, threadStride * options.threads), stride: stride,
        threadStride: threadStride)
    )
  }

  /// The gradient of a parameter that training changes; nothing where it is frozen.
  func gradient(of key: ParameterKey?) -> UnsafeMutablePointer<Float>? {
    guard let key, slabs.learns(key) else { return nil }
    return slabs.gradient(of: key)?.baseAddress
  }

  private static func upstreamParameters(
    _ graph: Graph, _ slabs: ParameterSlabs, andInput wantsInput: Bool
  ) -> [Bool] {
    var result = Array(repeating: false, count: graph.counts.count)
    result[0] = wantsInput
    for node in graph.nodes {
      result[node.output] =
        node.operation.parameters.contains { slabs.learns($0) }
        || node.inputs.contains { result[$0] }
    }
    return result
  }
}

extension Scratch {
  /// How much working memory a plan needs.
  struct Extent {
    let total: Int
    let stride: Int
    let threadStride: Int
  }
}

extension Operation {
  /// The parameters that training may change.
  var parameters: [ParameterKey] {
    switch self {
    case .convolution(let operation): [operation.weight, operation.bias].compactMap { $0 }
    case .dense(let operation): [operation.weight, operation.bias].compactMap { $0 }
    case .unary(let operation): operation.parameters
    case .normalization(let operation):
      operation.terms.flatMap { [$0.weight, $0.bias].compactMap { $0 } }
    case .activation, .sum, .concatenation, .product, .highway: []
    }
  }
}
