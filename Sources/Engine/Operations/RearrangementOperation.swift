import Kernels
import Networks

/// Values that go to other places, each to one.
struct RearrangementOperation: UnaryOperation {
  let name: String
  let copy: StridedCopy

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.output])
    plan.emitMap(node, name, parts: parts) { x, y, _ in
      .stridedCopy(StridedCopyWork(copy: copy, x: x, y: y, accumulate: false))
    }
  }

  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    let parts = plan.parts(plan.graph.counts[node.inputs[0]])
    let back = copy.reversed
    plan.emitReverse(node, dy: dy, PlanBuilder.ReverseDraft("\(name) gradient", parts: parts)) {
      dy, dx, add, _ in
      .stridedCopy(StridedCopyWork(copy: back, x: dy, y: dx, accumulate: add))
    }
  }
}

extension StridedCopy {
  /// What a rearrangement moves between channels-last images of a well-shaped network; nothing where values only
  /// get another shape.
  init?(_ moves: Rearrangement.Moves, input: Shape, output: Shape, images: Int) {
    let (from, to) = (Self.steps(input.extents), Self.steps(output.extents))
    var start = 0
    var loops: [Loop] = []
    switch moves {
    case .reshaped: return nil
    case .kept(let ranges):
      for (axis, range) in ranges.enumerated() {
        start += range.lowerBound * from[axis]
        loops.append(Loop(count: range.count, source: from[axis], target: to[axis]))
      }
    case .regrouped(let regrouping):
      let sources = zip(regrouping.factors, from).flatMap { Self.steps($0, within: $1) }
      let counts = regrouping.factors.flatMap { $0 }
      for (places, step) in zip(regrouping.order, to) {
        let targets = Self.steps(places.map { counts[$0] }, within: step)
        for (place, target) in zip(places, targets) {
          loops.append(Loop(count: counts[place], source: sources[place], target: target))
        }
      }
    }
    self.init(
      images: images, source: Side(image: input.count, start: start),
      target: Side(image: output.count), loops: loops)
  }

  /// Plain order to channels-last.
  init(unflattening extent: Extent) {
    self.init(
      images: extent.images, source: Side(image: extent.positions * extent.channels),
      target: Side(image: extent.positions * extent.channels),
      loops: [
        Loop(count: extent.positions, source: 1, target: extent.channels),
        Loop(count: extent.channels, source: extent.positions, target: 1),
      ])
  }

  /// The floats from one place to the next along each dimension, channels first, of a channels-last image.
  private static func steps(_ extents: [Int]) -> [Int] {
    steps(Array(extents.dropFirst()) + extents.prefix(1), within: 1).rotatedRight
  }

  /// The same of factors of one dimension, outermost first, whose places are so many floats apart.
  private static func steps(_ factors: [Int], within step: Int) -> [Int] {
    var result = Array(repeating: step, count: factors.count)
    for index in factors.indices.dropLast().reversed() {
      result[index] = result[index + 1] * factors[index + 1]
    }
    return result
  }
}

extension Array {
  /// The last element before the others.
  fileprivate var rotatedRight: [Element] { suffix(1) + dropLast() }
}
