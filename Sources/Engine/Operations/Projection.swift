import Kernels
import Networks

/// A matrix of weights by which the channels of every row are multiplied, and a bias: y = x · Wᵀ + b.
///
/// What operations of several steps are made of; W is `[outputs, inputs]`.
struct Projection {
  /// What the kernels of its steps are called.
  let name: String
  let rows: Int
  let inputs: Int
  let outputs: Int
  let weight: ParameterKey
  let bias: ParameterKey?

  /// Whether operands may be rounded to bfloat16, where the plan's are.
  var mayRound = true

  var parameters: [ParameterKey] { [weight, bias].compactMap { $0 } }

  /// Emits y = x · Wᵀ + b.
  func emitForward(_ node: Node, from x: BufferID, to y: BufferID, in plan: PlanBuilder) {
    guard let weights = plan.slabs.values(of: weight)?.baseAddress else { return }
    let bias = bias.flatMap { plan.slabs.values(of: $0)?.baseAddress }
    if rounded(node, plan).emitForward(x, to: y, weights, bias: bias) { return }
    let (library, parts) = (usesLibrary(plan), plan.parts(rows * outputs))
    let pieces = library ? plan.productParts(rows, outputs, inputs) : parts
    plan.emit(
      StepDraft(
        kernel: library ? "\(name) forward oneDNN" : "\(name) forward", block: node.block,
        path: node.path, reads: [x], writes: [y], scratch: scratchCount, parts: max(parts, pieces)
      ) { memory in
        let product = ProductWork(
          form: .transposedSecond, a: memory[x], b: weights, c: memory[y], m: rows, n: outputs,
          k: inputs, accumulate: false, usesLibrary: library, scratch: memory.scratch)
        let first = Instruction(.product(product), parts: pieces)
        guard let bias else { return [first] }
        let add = AddBiasWork(
          y: memory[y], bias: bias, rows: rows, channels: outputs, relu: false,
          scratch: memory.scratch)
        return [first, Instruction(.addBias(add), parts: parts)]
      })
  }

  /// Emits dW = dyᵀ · x and db = Σ dy, where training learns them.
  func emitGradients(_ node: Node, x: BufferID, dy: BufferID, in plan: PlanBuilder) {
    let library = usesLibrary(plan)
    if let gradient = plan.gradient(of: weight) {
      let bias = plan.gradient(of: bias)
      if rounded(node, plan).emitGradients(x, dy: dy, to: gradient, bias: bias) { return }
      let parts =
        library ? plan.productParts(outputs, inputs, rows) : plan.parts(rows * outputs)
      plan.emit(
        StepDraft(
          kernel: "\(name) weight gradient", block: node.block, path: node.path, reads: [x, dy],
          writes: [], scratch: scratchCount, parts: parts
        ) { memory in
          let product = ProductWork(
            form: .transposedFirst, a: memory[dy], b: memory[x], c: gradient, m: outputs,
            n: inputs, k: rows, accumulate: false, usesLibrary: library, scratch: memory.scratch)
          return [Instruction(.product(product), parts: parts)]
        })
    }
    guard let gradient = plan.gradient(of: bias) else { return }
    let parts = plan.parts(rows * outputs)
    let partials = plan.buffer(outputs * parts)
    plan.emit(
      StepDraft(
        kernel: "\(name) bias gradient", block: node.block, path: node.path, reads: [dy],
        writes: [partials], scratch: scratchCount, parts: parts
      ) { memory in
        let sums = ChannelSumsWork(
          x: memory[dy], rows: rows, channels: outputs, sums: memory[partials],
          scratch: memory.scratch)
        let merge = MergeSumsWork(
          sums: memory[partials], parts: parts, count: outputs, target: gradient)
        return [Instruction(.channelSums(sums), parts: parts), Instruction(.mergeSums(merge))]
      })
  }

  /// Emits dx = dy · W, or dx += where `accumulate`.
  func emitInputGradient(
    _ node: Node, dy: BufferID, to dx: BufferID, accumulate: Bool, in plan: PlanBuilder
  ) {
    guard let weights = plan.slabs.values(of: weight)?.baseAddress else { return }
    if rounded(node, plan).emitInputGradient(dy, to: dx, weights, accumulate: accumulate) { return }
    let library = usesLibrary(plan)
    let parts = library ? plan.productParts(rows, inputs, outputs) : plan.parts(rows * inputs)
    plan.emit(
      StepDraft(
        kernel: "\(name) input gradient", block: node.block, path: node.path,
        reads: accumulate ? [dy, dx] : [dy], writes: [dx], scratch: scratchCount, parts: parts
      ) { memory in
        let product = ProductWork(
          form: .plain, a: memory[dy], b: weights, c: memory[dx], m: rows, n: inputs, k: outputs,
          accumulate: accumulate, usesLibrary: library, scratch: memory.scratch)
        return [Instruction(.product(product), parts: parts)]
      })
  }

  private func rounded(_ node: Node, _ plan: PlanBuilder) -> RoundedProduct {
    RoundedProduct(
      plan: plan, node: node, name: name, rows: rows, inputs: inputs, outputs: outputs,
      mayRound: mayRound)
  }

  private func usesLibrary(_ plan: PlanBuilder) -> Bool {
    plan.usesLibrary(rows * inputs * outputs)
  }

  private var scratchCount: Int {
    max(Matrix.scratchCount, Channels.scratchCount(channels: outputs))
  }
}
