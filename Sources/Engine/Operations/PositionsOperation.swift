import Kernels
import Networks

/// A table of numbers added to every image: learned, or sines and cosines.
struct PositionsOperation: UnaryOperation {
  let extent: Extent
  private let weight: ParameterKey?

  init(_ layer: Positions, block: BlockID, extent: Extent) {
    self.extent = extent
    weight = layer.source == .learned ? ParameterKey(block: block, role: .weight) : nil
  }

  var parameters: [ParameterKey] { [weight].compactMap { $0 } }

  private var size: Int { extent.positions * extent.channels }

  func emitForward(_ node: Node, to plan: PlanBuilder) {
    let x = plan.value(node.inputs[0])
    let learned = emitOrder(node, plan)
    let table = learned ?? plan.lastingBuffer(size)
    let y = plan.output(of: node)
    let parts = min(plan.parts(extent.count), extent.images)
    plan.emit(
      StepDraft(
        kernel: "positions", block: node.block, path: node.path, reads: [x, table], writes: [y],
        takeOvers: [(x, y)], parts: parts
      ) { memory in
        if learned == nil { fillSines(memory[table]) }
        let work = AddTableWork(
          x: memory[x], table: memory[table], y: memory[y], images: extent.images, size: size)
        return [Instruction(.addTable(work), parts: parts)]
      })
  }

  /// Sines and cosines, once for all runs.
  private func fillSines(_ table: UnsafeMutablePointer<Float>) {
    for channel in 0..<extent.channels {
      for position in 0..<extent.positions {
        table[position * extent.channels + channel] = Positions.sine(
          at: position, channel: channel, of: extent.channels)
      }
    }
  }

  /// Emits the learned numbers in the order of the activations; nothing where none are learned.
  private func emitOrder(_ node: Node, _ plan: PlanBuilder) -> BufferID? {
    guard let weight, let values = plan.slabs.values(of: weight)?.baseAddress else { return nil }
    let result = plan.preparedBuffer(size)
    plan.emitPreparation(
      StepDraft(
        kernel: "order weight", block: node.block, path: node.path, reads: [], writes: [result]
      ) { memory in
        let work = TransposeWork(
          x: values, images: 1, rows: extent.channels, columns: extent.positions,
          y: memory[result], accumulate: false)
        return [Instruction(.transpose(work))]
      })
    return result
  }

  /// dW = Σ dy over the images, dx = dy.
  func emitBackward(_ node: Node, dy: BufferID, to plan: PlanBuilder) {
    if let gradient = plan.gradient(of: weight) {
      let sums = plan.buffer(size)
      let parts = plan.parts(extent.count)
      plan.emit(
        StepDraft(
          kernel: "positions weight gradient", block: node.block, path: node.path, reads: [dy],
          writes: [sums], parts: parts
        ) { memory in
          let work = ImageSumsWork(
            x: memory[dy], images: extent.images, stride: size, y: memory[sums], count: size)
          let order = TransposeWork(
            x: memory[sums], images: 1, rows: extent.positions, columns: extent.channels,
            y: gradient, accumulate: false)
          return [Instruction(.imageSums(work), parts: parts), Instruction(.transpose(order))]
        })
    }
    plan.emitShare(of: dy, to: node.inputs[0], factor: 1, count: extent.count, node)
  }
}
