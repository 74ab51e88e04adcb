import Kernels
import Networks

/// Zeroes values, channels or examples at random in training; in inference the output is the input.
struct DropoutOperation: UnaryOperation {
  let dropout: Dropout
  let extent: Extent

  var canHaveChannelsFirst: Bool { extent.positions == 1 }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    if plan.options.mode == .inference {
      plan.values[node.output] = plan.value(node.inputs[0])
      return
    }
    let work = work(node, in: plan)
    plan.emitMap(node, name, parts: parts(plan), inPlace: true, scratch: scratchCount) {
      x, y, scratch in .dropout(work(x, y, false, scratch))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let work = work(node, in: plan)
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "\(name) gradient", parts: parts(plan), inPlace: true, scratch: scratchCount)
    ) { dy, dx, add, memory in .dropout(work(dy, dx, add, memory.scratch)) }
  }

  private var name: String {
    switch dropout.unit {
    case .value: "dropout"
    case .channel: "spatial dropout"
    case .example: "drop path"
    }
  }

  private var scratchCount: Int {
    dropout.unit == .channel ? DropoutWork.scratchCount(channels: extent.channels) : 0
  }

  private func parts(_ plan: PlanBuilder) -> Int {
    let parts = plan.parts(extent.count)
    return dropout.unit == .value ? parts : min(parts, extent.images)
  }

  private func work(_ node: Node, in plan: PlanBuilder) -> (
    UnsafePointer<Float>, UnsafeMutablePointer<Float>, Bool, Scratch
  ) -> DropoutWork {
    let stream = RandomStream.hash(node.path)
    return {
      [dropout, extent, seed = plan.seed, step = plan.cells.step] x, y, accumulate, scratch in
      DropoutWork(
        rate: Float(dropout.rate), unit: DropoutWork.Unit(dropout.unit), seed: seed, stream: stream,
        step: step, x: x,
        y: y, extent: extent, accumulate: accumulate, scratch: scratch)
    }
  }
}

extension DropoutWork.Unit {
  /// The unit that a layer names.
  fileprivate init(_ unit: Dropout.Unit) {
    switch unit {
    case .value: self = .value
    case .channel: self = .channel
    case .example: self = .example
    }
  }
}
