import Kernels
import Networks

/// Adds normal noise in training; in inference the output is the input.
struct NoiseOperation: UnaryOperation {
  let deviation: Float
  let count: Int

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    if plan.options.mode == .inference {
      plan.values[node.output] = plan.value(node.inputs[0])
      return
    }
    let stream = RandomStream.hash(node.path)
    plan.emitMap(node, "noise", parts: plan.parts(count), inPlace: true) {
      [deviation, count, seed = plan.seed, step = plan.cells.step] x, y, _ in
      .noise(
        NoiseWork(
          deviation: deviation, seed: seed, stream: stream, step: step, x: x, y: y, count: count))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft("noise gradient", parts: plan.parts(count), inPlace: true)
    ) { dy, dx, add, _ in
      .copy(CopyWork(x: dy, factor: 1, accumulate: add, y: dx, count: count))
    }
  }
}
