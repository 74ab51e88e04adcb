import Kernels
import Networks

/// x where positive, else slope · x, with one learned slope for all channels or one for each.
struct ParametricReluOperation: UnaryOperation {
  let weight: ParameterKey

  /// The values as `[rows, channels]`, with a slope for each channel; one channel where all share it.
  let rows: Int
  let channels: Int

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let slopes = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(
      node, "prelu", parts: parts(plan), inPlace: true,
      scratch: ParametricRelu.scratchCount(channels: channels)
    ) { x, y, scratch in
      .parametricRelu(work(.forward(y: y), x, slopes, scratch))
    }
  }

  /// dslope = Σ x · dy where x is negative; dx = dy where x is positive, else slope · dy.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let slopes = plan.slabs.values(of: weight)?.baseAddress else { return }
    let x = plan.value(node.inputs[0])
    if let gradient = plan.gradient(of: weight) {
      emitSlopeGradient(to: gradient, slopes, node, x: x, dy: dy, plan)
    }
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "prelu gradient", also: [x], parts: parts(plan), inPlace: true,
        scratch: ParametricRelu.scratchCount(channels: channels))
    ) { dy, dx, add, memory in
      .parametricRelu(
        work(.gradient(dy: dy, dx: dx, accumulate: add), memory[x], slopes, memory.scratch))
    }
  }

  private func emitSlopeGradient(
    to gradient: UnsafeMutablePointer<Float>, _ slopes: UnsafePointer<Float>, _ node: Node,
    x: BufferID, dy: BufferID, _ plan: PlanBuilder
  ) {
    let pieces = ParametricReluWork.pieces(rows: rows, channels: channels)
    let partials = plan.buffer(pieces * channels)
    let parts = min(parts(plan), pieces)
    plan.emit(
      StepDraft(
        kernel: "prelu weight gradient", block: node.block, path: node.path, reads: [x, dy],
        writes: [partials], scratch: ParametricRelu.scratchCount(channels: channels), parts: parts
      ) { memory in
        let sums = work(
          .slopeSums(dy: memory[dy], partials: memory[partials]), memory[x], slopes,
          memory.scratch)
        let total = TotalWork(
          partials: memory[partials], count: pieces, width: channels, target: gradient)
        return [Instruction(.parametricRelu(sums), parts: parts), Instruction(.total(total))]
      })
  }

  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(rows * channels), rows) }

  private func work(
    _ pass: ParametricReluWork.Pass, _ x: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>,
    _ scratch: Scratch
  ) -> ParametricReluWork {
    ParametricReluWork(
      pass: pass, x: x, slopes: slopes, rows: rows, channels: channels, scratch: scratch)
  }
}
