import Kernels
import Networks

/// Every stride-th position and channels of zeros behind the others.
struct SubsampleOperation: UnaryOperation {
  let subsample: SubsampleKernel

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.output])
    plan.emitMap(node, "subsample", parts: parts) { x, y, _ in
      .subsample(
        SubsampleWork(
          subsample: subsample, isBackward: false, accumulate: false, source: x, target: y))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    plan.emitReverse(node, dy: dy, PlanBuilder.ReverseDraft("subsample gradient", parts: parts)) {
      dy, dx, add, _ in
      .subsample(
        SubsampleWork(
          subsample: subsample, isBackward: true, accumulate: add, source: dy, target: dx))
    }
  }
}
