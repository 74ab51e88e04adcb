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

/// A pass of local response normalization; rows are shared out.
struct LocalResponseWork {
  /// Which pass, with what it reads beside the input and what it writes.
  enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let kernel: LocalResponseKernel
  let x: UnsafePointer<Float>
  let rows: Int
  let channels: Int
  let scratch: Scratch

  func run(_ part: Part) {
    let range = part.range(of: rows)
    let offset = range.lowerBound &* channels
    switch pass {
    case .forward(let y):
      kernel.forward(
        x + offset, rows: range.count, into: y + offset, scratch: scratch.of(part))
    case .gradient(let dy, let dx, let accumulate):
      kernel.backward(
        x + offset, dy: dy + offset, rows: range.count, into: dx + offset, accumulate: accumulate,
        scratch: scratch.of(part))
    }
  }
}
