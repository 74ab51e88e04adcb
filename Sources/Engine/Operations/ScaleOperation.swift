import Kernels
import Networks

/// A learnable number times the input: y = α · x.
struct ScaleOperation: UnaryOperation {
  let weight: ParameterKey
  let count: Int

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let factor = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(node, "scale", parts: plan.parts(count), inPlace: true) { x, y, _ in
      .scale(ScaleWork(x: x, factor: factor, y: y, count: count, accumulate: false))
    }
  }

  /// dα = Σ dy · x, dx = α · dy.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let factor = plan.slabs.values(of: weight)?.baseAddress else { return }
    if let gradient = plan.gradient(of: weight) {
      emitFactorGradient(to: gradient, node, dy: dy, plan)
    }
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft("scale gradient", parts: plan.parts(count), inPlace: true)
    ) {
      dy, dx, add, _ in
      .scale(ScaleWork(x: dy, factor: factor, y: dx, count: count, accumulate: add))
    }
  }

  private func emitFactorGradient(
    to gradient: UnsafeMutablePointer<Float>, _ node: Node, dy: BufferID, _ plan: PlanBuilder
  ) {
    let x = plan.value(node.inputs[0])
    let pieces = DotWork.pieces(count)
    let partials = plan.buffer(pieces)
    let parts = min(plan.parts(count), pieces)
    plan.emit(
      StepDraft(
        kernel: "scale weight gradient", block: node.block, path: node.path, reads: [x, dy],
        writes: [partials], parts: parts
      ) { memory in
        let dot = DotWork(a: memory[x], b: memory[dy], count: count, partials: memory[partials])
        let total = TotalWork(partials: memory[partials], count: pieces, target: gradient)
        return [Instruction(.dot(dot), parts: parts), Instruction(.total(total))]
      })
  }
}
