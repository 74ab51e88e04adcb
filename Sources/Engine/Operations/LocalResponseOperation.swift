import Kernels
import Networks

/// Local response normalization over the channels of each position.
struct LocalResponseOperation: UnaryOperation {
  let kernel: LocalResponseKernel
  let rows: Int
  let channels: Int

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    plan.emitMap(
      node, "lrn", parts: parts(plan), inPlace: true, scratch: kernel.scratchCount
    ) { x, y, scratch in .localResponse(work(.forward(y: y), x, scratch)) }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "lrn gradient", also: [x], parts: parts(plan), inPlace: true,
        scratch: kernel.scratchCount)
    ) { dy, dx, add, memory in
      .localResponse(
        work(.gradient(dy: dy, dx: dx, accumulate: add), memory[x], memory.scratch))
    }
  }

  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(rows * channels), rows) }

  private func work(
    _ pass: LocalResponseWork.Pass, _ x: UnsafePointer<Float>, _ scratch: Scratch
  ) -> LocalResponseWork {
    LocalResponseWork(
      pass: pass, kernel: kernel, x: x, rows: rows, channels: channels, scratch: scratch)
  }
}
