import Kernels
import Networks

/// Positions read at other places: padded or upsampled.
struct ResamplingOperation: UnaryOperation {
  let name: String
  let resampling: Resampling

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.output])
    plan.emitMap(node, name, parts: parts) { x, y, _ in
      .resampling(
        ResamplingWork(
          resampling: resampling, isBackward: false, accumulate: false, source: x, target: y))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.output])
    plan.emitReverse(node, dy: dy, PlanBuilder.ReverseDraft("\(name) gradient", parts: parts)) {
      dy, dx, add, _ in
      .resampling(
        ResamplingWork(
          resampling: resampling, isBackward: true, accumulate: add, source: dy, target: dx))
    }
  }
}

extension Resampling {
  /// A dimension more, which stays, where an input has but one.
  private init(_ axes: [Axis], _ input: Extent) {
    self.init(
      images: input.images, channels: input.channels,
      vertical: axes.count == 2 ? axes[0] : Axis(), horizontal: axes.last ?? Axis())
  }

  /// The padding of an input of a well-shaped network.
  init(_ pad: Pad, _ input: Extent, shape: Shape, output: Shape) throws(ShapeFault) {
    let sides = try pad.sides(over: shape)
    let axes = sides.indices.map { axis in
      let before = sides[axis].before
      let rule: Rule =
        switch pad.mode {
        case .zero: .zeros(before: before)
        case .reflect: .mirrored(before: before)
        case .replicate: .repeated(before: before)
        }
      return Axis(input: shape.spatial[axis], output: output.spatial[axis], rule: rule)
    }
    self.init(axes, input)
  }

  /// The upsampling of an input of a well-shaped network.
  init(_ upsample: Upsample, _ input: Extent, shape: Shape, output: Shape) throws(ShapeFault) {
    let factors = try upsample.factors(over: shape)
    let axes = factors.indices.map { axis in
      let factor = factors[axis]
      return Axis(
        input: shape.spatial[axis], output: output.spatial[axis],
        rule: upsample.mode == .linear ? .linear(factor: factor) : .nearest(factor: factor))
    }
    self.init(axes, input)
  }
}
