import Kernels
import Networks

/// A row of a table for each whole number of the input, which has no gradient.
struct EmbeddingOperation: UnaryOperation {
  let layer: Embedding
  let weight: ParameterKey

  /// Numbers of the batch.
  let count: Int

  init(_ layer: Embedding, block: BlockID, rows: Int) {
    self.layer = layer
    weight = ParameterKey(block: block, role: .weight)
    count = rows
  }

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let table = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(node, "embedding", parts: 1) { [stray = plan.cells.stray] x, y, _ in
      .lookUp(
        LookUpWork(
          x: x, count: count, table: table, vocabulary: layer.vocabulary, units: layer.units, y: y,
          stray: stray))
    }
  }

  /// dW sums dy over all places of a row; a whole number has no gradient.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    if let gradient = plan.gradient(of: weight) {
      let parts = min(plan.parts(count * layer.units), max(1, layer.units / 16))
      plan.emit(
        StepDraft(
          kernel: "embedding gradient", block: node.block, path: node.path, reads: [x, dy],
          writes: [], parts: parts
        ) { memory in
          let work = LookUpGradientWork(
            x: memory[x], dy: memory[dy], count: count, vocabulary: layer.vocabulary,
            units: layer.units, gradient: gradient)
          return [Instruction(.lookUpGradient(work), parts: parts)]
        })
    }
    guard let (dx, accumulate) = plan.gradientTarget(node.inputs[0]), !accumulate else { return }
    plan.emit(
      StepDraft(
        kernel: "no gradient", block: node.block, path: node.path, reads: [], writes: [dx]
      ) { memory in
        [Instruction(.zero(ZeroWork(y: memory[dx], count: count)))]
      })
  }
}
