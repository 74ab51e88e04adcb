import Kernels
import Networks

/// The first half of the channels times the sigmoid of the second.
struct GatedLinearOperation: UnaryOperation {
  /// The extent of the output.
  let extent: Extent

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    plan.emitMap(node, "glu", parts: parts(plan)) { x, y, _ in
      .gatedLinear(GatedLinearWork(pass: .forward(y: y), x: x, extent: extent))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    plan.emitReverse(
      node, dy: dy, PlanBuilder.ReverseDraft("glu gradient", also: [x], parts: parts(plan))
    ) { dy, dx, add, memory in
      .gatedLinear(
        GatedLinearWork(
          pass: .gradient(dy: dy, dx: dx, accumulate: add), x: memory[x], extent: extent))
    }
  }

  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(extent.count), extent.rows) }
}
