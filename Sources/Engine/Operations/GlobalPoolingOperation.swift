import Kernels
import Networks

/// One value of each channel for all positions of an image.
struct GlobalPoolingOperation: UnaryOperation {
  let kind: GlobalPooling
  let extent: Extent

  var canHaveChannelsFirst: Bool { extent.hasRowsOfVectors }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(extent.count)
    let scratch = GlobalPoolingKernel.scratchCount(channels: extent.channels)
    let (hasRows, extent) = arrangement(in: plan)
    switch kind {
    case .average:
      plan.emitMap(node, "global average", parts: parts, scratch: scratch) { x, y, scratch in
        .globalPooling(
          GlobalPoolingWork(
            pass: hasRows ? .averageRows : .average, extent: extent, source: x, target: y,
            scratch: scratch))
      }
    case .maximum:
      plan.emitWithWinners(node, "global maximum", parts: parts) { x, y, winners in
        .globalPooling(
          GlobalPoolingWork(
            pass: .maximum(winners: winners), extent: extent, source: x, target: y,
            scratch: Scratch(start: y, stride: 0)))
      }
    case .last, .first:
      let name = kind == .last ? "last position" : "first position"
      plan.emitMap(node, name, parts: parts) { x, y, _ in
        .globalPooling(
          GlobalPoolingWork(
            pass: .pick(place), extent: extent, source: x, target: y,
            scratch: Scratch(start: y, stride: 0)))
      }
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let winners = plan.winnerBuffers[node.output] ?? nil
    let (hasRows, extent) = arrangement(in: plan)
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft(
        "global pooling gradient", also: winners.map { [$0] } ?? [],
        parts: plan.parts(extent.count),
        scratch: GlobalPoolingKernel.scratchCount(channels: self.extent.channels))
    ) { dy, dx, add, memory in
      let pass: GlobalPoolingWork.Pass =
        if let winners {
          .maximumGradient(winners: memory.integers(winners), accumulate: add)
        } else if kind == .average {
          hasRows ? .averageRowsGradient(accumulate: add) : .averageGradient(accumulate: add)
        } else {
          .pickGradient(place, accumulate: add)
        }
      return .globalPooling(
        GlobalPoolingWork(
          pass: pass, extent: extent, source: dy, target: dx, scratch: memory.scratch))
    }
  }

  /// Whether positions lie in rows of each channel, and the extent by which the kernels find them.
  private func arrangement(in plan: PlanBuilder) -> (hasRows: Bool, extent: Extent) {
    let hasRows = plan.graph.order == .first && extent.positions > 1
    return (hasRows, hasRows ? extent.channelRows : extent)
  }

  /// The position that is picked, where one is.
  private var place: Int { kind == .first ? 0 : extent.positions - 1 }
}
