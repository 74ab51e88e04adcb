import Kernels
import Networks

/// Zeroes values at random in training; in inference the output is the input.
struct DropoutOperation: UnaryOperation {
  let rate: Float
  let count: Int

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    if plan.options.mode == .inference {
      plan.values[node.output] = plan.value(node.inputs[0])
      return
    }
    let work = work(node, in: plan)
    plan.emitMap(node, "dropout", parts: plan.parts(count), inPlace: true) { x, y, _ in
      .dropout(work(x, y, false))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let work = work(node, in: plan)
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft("dropout gradient", parts: plan.parts(count), inPlace: true)
    ) { dy, dx, add, _ in .dropout(work(dy, dx, add)) }
  }

  private func work(_ node: Node, in plan: PlanBuilder) -> (
    UnsafePointer<Float>, UnsafeMutablePointer<Float>, Bool
  ) -> DropoutWork {
    let stream = RandomStream.hash(node.path)
    return { [rate, count, seed = plan.seed, step = plan.cells.step] x, y, accumulate in
      DropoutWork(
        rate: rate, seed: seed, stream: stream, step: step, x: x, y: y, count: count,
        accumulate: accumulate)
    }
  }
}

/// Dropout with the mask of the current step, forward and backward alike.
struct DropoutWork {
  let rate: Float
  let seed: UInt64
  let stream: UInt64

  /// The number of the training step, kept by the plan.
  let step: UnsafePointer<UInt64>
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let offset = range.lowerBound
    let dropout = DropoutKernel(rate: rate, seed: seed, stream: stream, step: step.pointee)
    dropout.apply(
      x + offset, first: offset, into: y + offset, count: range.count, accumulate: accumulate)
  }
}
