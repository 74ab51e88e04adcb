import Kernels
import Networks

/// Channels-last to plain order within each image.
struct FlattenOperation: UnaryOperation {
  let extent: Extent

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    plan.emitMap(node, "flatten", parts: plan.parts(extent.count)) { x, y, _ in
      .transpose(
        TransposeWork(
          x: x, images: extent.images, rows: extent.positions, columns: extent.channels, y: y,
          accumulate: false))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    plan.emitReverse(
      node, dy: dy, PlanBuilder.ReverseDraft("flatten gradient", parts: plan.parts(extent.count))
    ) {
      dy, dx, add, _ in
      .transpose(
        TransposeWork(
          x: dy, images: extent.images, rows: extent.channels, columns: extent.positions, y: dx,
          accumulate: add))
    }
  }
}
