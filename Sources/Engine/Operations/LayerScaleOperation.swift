import Kernels
import Networks

/// A learnable number for each channel times the input: y = α · x.
struct LayerScaleOperation: UnaryOperation {
  let weight: ParameterKey
  let rows: Int
  let channels: Int

  var parameters: [ParameterKey] { [weight] }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    guard let factors = plan.slabs.values(of: weight)?.baseAddress else { return }
    plan.emitMap(
      node, "layer scale", parts: parts(plan), inPlace: true, scratch: scratchCount
    ) { x, y, scratch in
      .layerScale(
        work(.product(factors: factors, y: y, accumulate: false), x, scratch))
    }
  }

  /// dα = Σ dy · x over all positions, dx = α · dy.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    guard let factors = plan.slabs.values(of: weight)?.baseAddress else { return }
    if let gradient = plan.gradient(of: weight) {
      emitFactorGradient(to: gradient, node, dy: dy, plan)
    }
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "layer scale gradient", parts: parts(plan), inPlace: true, scratch: scratchCount)
    ) { dy, dx, add, memory in
      .layerScale(
        work(.product(factors: factors, y: dx, accumulate: add), dy, memory.scratch))
    }
  }

  private func emitFactorGradient(
    to gradient: UnsafeMutablePointer<Float>, _ node: Node, dy: BufferID, _ plan: PlanBuilder
  ) {
    let x = plan.value(node.inputs[0])
    let pieces = RowPieces(rows: rows, width: channels)
    let partials = plan.buffer(pieces.count * channels)
    let parts = min(parts(plan), pieces.count)
    plan.emit(
      StepDraft(
        kernel: "layer scale weight gradient", block: node.block, path: node.path, reads: [x, dy],
        writes: [partials], scratch: scratchCount, parts: parts
      ) { memory in
        let sums = work(
          .sums(dy: memory[dy], partials: memory[partials]), memory[x], memory.scratch)
        let total = TotalWork(
          partials: memory[partials], count: pieces.count, width: channels, target: gradient)
        return [Instruction(.layerScale(sums), parts: parts), Instruction(.total(total))]
      })
  }

  private var scratchCount: Int { Gating.scratchCount(channels: channels) }
  private func parts(_ plan: PlanBuilder) -> Int { min(plan.parts(rows * channels), rows) }

  private func work(_ pass: LayerScaleWork.Pass, _ x: UnsafePointer<Float>, _ scratch: Scratch)
    -> LayerScaleWork
  {
    LayerScaleWork(pass: pass, x: x, rows: rows, channels: channels, scratch: scratch)
  }
}
