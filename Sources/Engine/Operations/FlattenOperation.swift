import Kernels
import Networks

/// Channels-last to plain order within each image; where channels come first, values are in that order already.
struct FlattenOperation: UnaryOperation {
  let extent: Extent

  var canHaveChannelsFirst: Bool { true }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let isPlain = plan.graph.order == .first
    plan.emitMap(
      node, "flatten", parts: plan.parts(extent.count), inPlace: isPlain
    ) { x, y, _ in
      isPlain
        ? .copy(CopyWork(x: x, factor: 1, accumulate: false, y: y, count: extent.count))
        : .transpose(
          TransposeWork(
            x: x, images: extent.images, rows: extent.positions, columns: extent.channels, y: y,
            accumulate: false))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let isPlain = plan.graph.order == .first
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "flatten gradient", parts: plan.parts(extent.count), inPlace: isPlain)
    ) {
      dy, dx, add, _ in
      isPlain
        ? .copy(CopyWork(x: dy, factor: 1, accumulate: add, y: dx, count: extent.count))
        : .transpose(
          TransposeWork(
            x: dy, images: extent.images, rows: extent.channels, columns: extent.positions, y: dx,
            accumulate: add))
    }
  }
}
