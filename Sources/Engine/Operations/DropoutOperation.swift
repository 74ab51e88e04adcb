import Kernels
import Networks

/// Zeroes values, channels or examples at random in training; in inference the output is the input.
struct DropoutOperation: UnaryOperation {
  let dropout: Dropout
  let extent: Extent

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
        rate: Float(dropout.rate), unit: dropout.unit, seed: seed, stream: stream, step: step, x: x,
        y: y, extent: extent, accumulate: accumulate, scratch: scratch)
    }
  }
}

/// Dropout with the mask of the current step, forward and backward alike.
struct DropoutWork {
  let rate: Float
  let unit: Dropout.Unit
  let seed: UInt64
  let stream: UInt64

  /// The number of the training step, kept by the plan.
  let step: UnsafePointer<UInt64>
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let extent: Extent
  let accumulate: Bool
  let scratch: Scratch

  /// Floats of scratch that each thread needs where channels are zeroed.
  static func scratchCount(channels: Int) -> Int {
    evenChannels(channels) + Gating.scratchCount(channels: channels)
  }

  /// Elements from the mask of one image to that of the next, which must begin at even ones.
  private static func evenChannels(_ channels: Int) -> Int { (channels + 1) / 2 * 2 }

  func run(_ part: Part) {
    let dropout = DropoutKernel(rate: rate, seed: seed, stream: stream, step: step.pointee)
    switch unit {
    case .value:
      let range = part.range(of: extent.count, unit: 16)
      let offset = range.lowerBound
      dropout.apply(
        x + offset, first: offset, into: y + offset, count: range.count, accumulate: accumulate)
    case .channel:
      let (positions, channels) = (extent.positions, extent.channels)
      let even = Self.evenChannels(channels)
      let factors = scratch.of(part)
      for image in part.range(of: extent.images) {
        let offset = image &* positions &* channels
        dropout.mask(factors, first: image &* even, count: channels)
        Gating.multiply(
          x + offset, factors: factors, images: 1, positions: positions, channels: channels,
          into: y + offset, accumulate: accumulate, scratch: factors + even)
      }
    case .example:
      let size = extent.positions &* extent.channels
      for image in part.range(of: extent.images) {
        apply(dropout.factor(of: image), from: image &* size, count: size)
      }
    }
  }

  private func apply(_ factor: Float, from offset: Int, count: Int) {
    let (source, target) = (x + offset, y + offset)
    switch (factor == 0, accumulate) {
    case (true, true): break
    case (true, false): Elementwise.fill(target, count: count, with: 0)
    case (false, true): Elementwise.accumulate(source, factor: factor, into: target, count: count)
    case (false, false): Elementwise.scale(source, by: factor, into: target, count: count)
    }
  }
}
