import Kernels
import Networks

extension PlanBuilder {
  /// Emits the forward steps of a node.
  func emitForward(_ node: Node) throws(EngineError) {
    switch node.operation {
    case .convolution(let operation): emitConvolution(operation, node)
    case .dense(let operation): emitDense(operation, node)
    case .normalization(let operation): try emitNormalization(operation, node)
    case .activation(let activation, let extent): emitActivation(activation, extent, node)
    case .sum(let factor, let relu, let count):
      emitSum(node, factor: factor, relu: relu, count: count)
    case .concatenation(let rows, let channels):
      emitConcatenation(node, rows: rows, channels: channels)
    case .pooling(let kind, let window): emitPooling(kind, window, node)
    case .globalPooling(let kind, let extent): emitGlobalPooling(kind, extent, node)
    case .flatten(let extent):
      emitMap(node, "flatten", parts: parts(extent.count)) { x, y, _ in
        .transpose(
          TransposeWork(
            x: x, images: extent.images, rows: extent.positions, columns: extent.channels, y: y,
            accumulate: false))
      }
    case .dropout(let rate, let count): emitDropout(rate: rate, count: count, node)
    case .scale(let weight, let count): emitScale(weight, count: count, node)
    case .product(let extent, let isBroadcast):
      emitProduct(extent, isBroadcast: isBroadcast, node)
    case .highway(let extent, let isBroadcast):
      emitHighway(extent, isBroadcast: isBroadcast, node)
    case .subsample(let subsample):
      emitMap(node, "subsample", parts: parts(graph.counts[node.output])) { x, y, _ in
        .subsample(
          SubsampleWork(
            subsample: subsample, isBackward: false, accumulate: false, source: x, target: y))
      }
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
    _ activation: Networks.Activation, _ extent: Extent, _ node: Node
  ) {
    let parts = parts(extent.count)
    guard let function = Kernels.Activation(activation) else {
      emitMap(node, "softmax", parts: parts, inPlace: true) { x, y, _ in
        .softmax(SoftmaxWork(x: x, y: y, rows: extent.rows, channels: extent.channels))
      }
      return
    }
    emitMap(node, "\(activation)", parts: parts, inPlace: true) { x, y, _ in
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

  private func emitPooling(_ kind: Pooling.Kind, _ window: PoolingWindow, _ node: Node) {
    let parts = parts(graph.counts[node.inputs[0]])
    switch kind {
    case .average:
      emitMap(node, "average pooling", parts: parts) { x, y, _ in
        .pooling(PoolingWork(pass: .average, window: window, source: x, target: y))
      }
    case .maximum:
      emitWithWinners(node, "max pooling", parts: parts) { x, y, winners in
        .pooling(
          PoolingWork(pass: .maximum(winners: winners), window: window, source: x, target: y))
      }
    }
  }

  private func emitGlobalPooling(_ kind: Networks.GlobalPooling, _ extent: Extent, _ node: Node) {
    let parts = parts(extent.count)
    let scratch = Kernels.GlobalPooling.scratchCount(channels: extent.channels)
    switch kind {
    case .average:
      emitMap(node, "global average", parts: parts, scratch: scratch) { x, y, scratch in
        .globalPooling(
          GlobalPoolingWork(
            pass: .average, extent: extent, source: x, target: y, scratch: scratch))
      }
    case .maximum:
      emitWithWinners(node, "global maximum", parts: parts) { x, y, winners in
        .globalPooling(
          GlobalPoolingWork(
            pass: .maximum(winners: winners), extent: extent, source: x, target: y,
            scratch: Scratch(start: y, stride: 0)))
      }
    case .last:
      emitMap(node, "last position", parts: parts) { x, y, _ in
        .globalPooling(
          GlobalPoolingWork(
            pass: .last, extent: extent, source: x, target: y,
            scratch: Scratch(start: y, stride: 0)))
      }
    }
  }

  /// Emits a maximum whose places the backward pass wants, if there is one.
  private func emitWithWinners(
    _ node: Node, _ kernel: String, parts: Int,
    _ work:
      @escaping (UnsafePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>?) ->
      Instruction.Work
  ) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    let isTraining = options.mode == .training && !options.isLook
    let winners = isTraining ? buffer(graph.counts[node.output]) : nil
    winnerBuffers[node.output] = winners
    emit(
      StepDraft(
        kernel: kernel, block: node.block, path: node.path, reads: [x],
        writes: [y] + (winners.map { [$0] } ?? []), parts: parts
      ) { memory in
        [Instruction(work(memory[x], memory[y], winners.map { memory.integers($0) }), parts: parts)]
      })
  }

  private func emitDropout(rate: Float, count: Int, _ node: Node) {
    if options.mode == .inference {
      values[node.output] = value(node.inputs[0])
      return
    }
    let stream = RandomStream.hash(node.path)
    emitMap(node, "dropout", parts: parts(count), inPlace: true) { [seed, cells] x, y, _ in
      .dropout(
        DropoutWork(
          rate: rate, seed: seed, stream: stream, step: cells.step, x: x, y: y, count: count,
          accumulate: false))
    }
  }
}

extension Kernels.Activation {
  /// The kernel of an activation function; nothing for softmax, which is no function of one value.
  init?(_ activation: Networks.Activation) {
    self.init(named: activation.function.rawValue, constant: Float(activation.constant))
  }
}
