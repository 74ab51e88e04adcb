import Kernels
import Networks

extension PlanBuilder {
  /// Emits the forward steps of a node.
  func emitForward(_ node: Node) throws(EngineError) {
    switch node.operation {
    case .convolution(let operation) where operation.isTransposed:
      emitTransposedConvolution(operation, node)
    case .convolution(let operation): emitConvolution(operation, node)
    case .dense(let operation): emitDense(operation, node)
    case .normalization(let operation): try emitNormalization(operation, node)
    case .activation(let activation, let extent): emitActivation(activation, extent, node)
    case .sum(let factor, let relu, let count):
      emitSum(node, factor: factor, relu: relu, count: count)
    case .concatenation(let rows, let channels):
      emitConcatenation(node, rows: rows, channels: channels)
    case .unary(let operation): operation.emitForward(node, to: self)
    case .product(let extent, let isBroadcast):
      emitProduct(extent, isBroadcast: isBroadcast, node)
    case .highway(let extent, let isBroadcast):
      emitHighway(extent, isBroadcast: isBroadcast, node)
    }
  }

  /// Emits a step from a node's one input to its output.
  func emitMap(
    _ node: Node, _ kernel: String, parts: Int, inPlace: Bool = false, scratch: Int = 0,
    _ work:
      @escaping (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Scratch) -> Instruction.Work
  ) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    emit(
      StepDraft(
        kernel: kernel, block: node.block, path: node.path, reads: [x], writes: [y],
        takeOvers: inPlace ? [(x, y)] : [], scratch: scratch, parts: parts
      ) { memory in
        [Instruction(work(memory[x], memory[y], memory.scratch), parts: parts)]
      })
  }

  private func emitActivation(
    _ activation: Activation, _ extent: Extent, _ node: Node
  ) {
    let parts = parts(extent.count)
    guard let function = ActivationKernel(activation) else {
      emitMap(node, "softmax", parts: parts, inPlace: true) { x, y, _ in
        .softmax(SoftmaxWork(x: x, y: y, rows: extent.rows, channels: extent.channels))
      }
      return
    }
    emitMap(node, activation.function.rawValue, parts: parts, inPlace: true) { x, y, _ in
      .activation(ActivationWork(function: function, x: x, y: y, count: extent.count))
    }
  }

  private func emitSum(_ node: Node, factor: Float, relu: Bool, count: Int) {
    let (a, b) = (value(node.inputs[0]), value(node.inputs[1]))
    let y = output(of: node)
    let parts = parts(count)
    emit(
      StepDraft(
        kernel: relu ? "add relu" : "add", block: node.block, path: node.path, reads: [a, b],
        writes: [y], takeOvers: [(a, y), (b, y)], parts: parts
      ) { memory in
        let work = SumWork(
          a: memory[a], b: memory[b], factor: factor, relu: relu, y: memory[y], count: count)
        return [Instruction(.sum(work), parts: parts)]
      })
  }

  private func emitConcatenation(_ node: Node, rows: Int, channels: [Int]) {
    let y = output(of: node)
    let width = channels.reduce(0, +)
    let sources = node.inputs.map { value($0) }
    let parts = parts(rows * width)
    emit(
      StepDraft(
        kernel: "concat", block: node.block, path: node.path, reads: sources, writes: [y],
        parts: parts
      ) { memory in
        var first = 0
        return zip(sources, channels).map { source, count in
          defer { first += count }
          let work = ColumnsWork(
            x: memory[source], xStride: count, y: memory[y] + first, yStride: width, rows: rows,
            channels: count, accumulate: false)
          return Instruction(.columns(work), parts: parts)
        }
      })
  }

  /// Emits a maximum whose places the backward pass wants, if there is one.
  func emitWithWinners(
    _ node: Node, _ kernel: String, parts: Int,
    _ work:
      @escaping (UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>?) ->
      Instruction.Work
  ) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    let winners = options.isDifferentiated ? buffer(graph.counts[node.output], for: .value) : nil
    winnerBuffers[node.output] = winners
    emit(
      StepDraft(
        kernel: kernel, block: node.block, path: node.path, reads: [x],
        writes: [y] + (winners.map { [$0] } ?? []), parts: parts
      ) { memory in
        [Instruction(work(memory[x], memory[y], winners.map { memory.integers($0) }), parts: parts)]
      })
  }
}

extension ActivationKernel {
  /// The kernel of an activation function; nothing for softmax, which is no function of one value.
  init?(_ activation: Activation) {
    self.init(named: activation.function.rawValue, constant: Float(activation.constant))
  }
}
