import Kernels
import Networks

/// The largest or the mean value of each window.
struct PoolingOperation: UnaryOperation {
  let reduction: Pooling.Reduction
  let window: PoolingWindow

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    switch reduction {
    case .average:
      plan.emitMap(node, "average pooling", parts: parts) { x, y, _ in
        .pooling(PoolingWork(pass: .average, window: window, source: x, target: y))
      }
    case .maximum:
      plan.emitWithWinners(node, "max pooling", parts: parts) { x, y, winners in
        .pooling(
          PoolingWork(pass: .maximum(winners: winners), window: window, source: x, target: y))
      }
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    let winners = plan.winnerBuffers[node.output] ?? nil
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft("pooling gradient", also: winners.map { [$0] } ?? [], parts: parts)
    ) { dy, dx, add, memory in
      let pass: PoolingWork.Pass =
        if let winners {
          .maximumGradient(winners: memory.integers(winners), accumulate: add)
        } else {
          .averageGradient(accumulate: add)
        }
      return .pooling(PoolingWork(pass: pass, window: window, source: dy, target: dx))
    }
  }
}
