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

/// A pass of a gated linear unit; rows are shared out.
struct GatedLinearWork {
  /// Which pass, with what it reads beside the input and what it writes.
  enum Pass {
    case forward(y: UnsafeMutablePointer<Float>)
    case gradient(dy: UnsafePointer<Float>, dx: UnsafeMutablePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let x: UnsafePointer<Float>
  let extent: Extent

  func run(_ part: Part) {
    let range = part.range(of: extent.rows)
    let channels = extent.channels
    let (wide, offset) = (range.lowerBound &* channels &* 2, range.lowerBound &* channels)
    switch pass {
    case .forward(let y):
      GatedLinearKernel.forward(
        x + wide, rows: range.count, channels: channels, into: y + offset)
    case .gradient(let dy, let dx, let accumulate):
      GatedLinearKernel.backward(
        x + wide, dy: dy + offset, rows: range.count, channels: channels, into: dx + wide,
        accumulate: accumulate)
    }
  }
}
