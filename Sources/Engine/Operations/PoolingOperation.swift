import Kernels
import Networks

/// The largest or the mean value of each window.
struct PoolingOperation: UnaryOperation {
  let reduction: Pooling.Reduction
  let window: PoolingWindow

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    switch reduction {
    case .average:
      plan.emitMap(node, "average pooling", parts: parts) { x, y, _ in
        .pooling(PoolingWork(pass: .average, window: window, source: x, target: y))
      }
    case .maximum:
      plan.emitWithWinners(node, "max pooling", parts: parts) { x, y, winners in
        .pooling(
          PoolingWork(pass: .maximum(winners: winners), window: window, source: x, target: y))
      }
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    let winners = plan.winnerBuffers[node.output] ?? nil
    plan.emitReverse(
      node, dy: dy,
      PlanBuilder.ReverseDraft("pooling gradient", also: winners.map { [$0] } ?? [], parts: parts)
    ) { dy, dx, add, memory in
      let pass: PoolingWork.Pass =
        if let winners {
          .maximumGradient(winners: memory.integers(winners), accumulate: add)
        } else {
          .averageGradient(accumulate: add)
        }
      return .pooling(PoolingWork(pass: pass, window: window, source: dy, target: dx))
    }
  }
}

/// Pooling of windows, forward and backward; images are shared out.
struct PoolingWork {
  /// Which pass of which kind; `winners` remember where each maximum was.
  enum Pass {
    case maximum(winners: UnsafeMutablePointer<Int32>?)
    case average
    case maximumGradient(winners: UnsafePointer<Int32>, accumulate: Bool)
    case averageGradient(accumulate: Bool)
  }

  let pass: Pass
  let window: PoolingWindow

  /// x forward, dy backward.
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>

  func run(_ part: Part) {
    let images = part.range(of: window.images)
    var window = window
    window.images = images.count
    let large = images.lowerBound &* window.height &* window.width &* window.channels
    let small =
      images.lowerBound &* window.outputHeight &* window.outputWidth &* window.channels
    switch pass {
    case .maximum(let winners):
      MaxPooling.forward(
        source + large, window, into: target + small, winners: winners.map { $0 + small })
    case .average: AveragePooling.forward(source + large, window, into: target + small)
    case .maximumGradient(let winners, let accumulate):
      MaxPooling.backward(
        source + small, winners: winners + small, window, into: target + large,
        accumulate: accumulate)
    case .averageGradient(let accumulate):
      AveragePooling.backward(
        source + small, window, into: target + large, accumulate: accumulate)
    }
  }
}
