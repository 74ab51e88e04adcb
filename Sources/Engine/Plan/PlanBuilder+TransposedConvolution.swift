import COneDNN
import Kernels
import Networks

/// Transposed convolutions: their output is to the geometry what the input of a convolution is, so that they run
/// forward by what leads a convolution's gradient to its input, and backward by what runs it forward.
extension PlanBuilder {
  /// Emits the forward steps, after packing the weights.
  func emitTransposedConvolution(_ operation: ConvolutionOperation, _ node: Node) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    guard let weights = slabs.values(of: operation.weight)?.baseAddress else { return }
    if case .library(let library) = provider(
      operation, .backwardData, hasBias: false, node)
    {
      emitLibrary(
        library, node, name: "transposed convolution",
        LibraryMemory(source: y, destination: x, plain: weights, bias: nil), reads: [x],
        writes: [y])
    } else {
      let direct = direct(operation.geometry)
      let packed = preparedBuffer(direct.pointee.backwardPackedCount)
      emitPack(.packBackward, direct, weights, into: packed, node, isPreparation: true)
      let parts = parts(operation.geometry.multiplyAdds)
      emit(
        StepDraft(
          kernel: "transposed convolution direct", block: node.block, path: node.path,
          reads: [x, packed], writes: [y], scratch: direct.pointee.scratchCount, parts: parts
        ) { memory in
          let work = DirectConvolutionWork(
            convolution: direct, pass: .backward(accumulate: false), source: memory[x],
            weights: memory[packed], target: memory[y], scratch: memory.scratch)
          return [Instruction(.directConvolution(work), parts: parts)]
        })
    }
    guard let bias = operation.bias.flatMap({ slabs.values(of: $0)?.baseAddress }) else { return }
    let plane = operation.geometry.input
    let rows = operation.geometry.images * plane.positions
    let parts = parts(rows * plane.channels)
    emit(
      StepDraft(
        kernel: "transposed convolution bias", block: node.block, path: node.path, reads: [y],
        writes: [y], scratch: Channels.scratchCount(channels: plane.channels), parts: parts
      ) { memory in
        let work = AddBiasWork(
          y: memory[y], bias: bias, rows: rows, channels: plane.channels, relu: false,
          scratch: memory.scratch)
        return [Instruction(.addBias(work), parts: parts)]
      })
  }

  /// Emits the gradients of weights and bias, then that of the input.
  func emitTransposedConvolutionGradient(
    _ operation: ConvolutionOperation, _ node: Node, dy: BufferID
  ) {
    emitTransposedWeightGradient(operation, node, dy: dy)
    emitTransposedBiasGradient(operation, node, dy: dy)
    emitTransposedInputGradient(operation, node, dy: dy)
  }

  /// Emits the gradient of a transposed convolution's input, where one is wanted.
  func emitTransposedInputGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    guard needsGradient[node.inputs[0]],
      let weights = slabs.values(of: operation.weight)?.baseAddress,
      let (dx, accumulate) = gradientTarget(node.inputs[0])
    else { return }
    let count = graph.counts[node.inputs[0]]
    let target = accumulate ? buffer(count, for: .gradient) : dx
    if case .library(let library) = provider(
      operation, .forwardTraining, hasBias: false, node, accumulates: accumulate)
    {
      emitLibrary(
        library, node, name: "transposed convolution input gradient",
        LibraryMemory(source: dy, destination: target, plain: weights, bias: nil), reads: [dy],
        writes: [target])
    } else {
      let direct = direct(operation.geometry)
      let packed = buffer(direct.pointee.packedCount, for: .packed)
      emitPack(.pack, direct, weights, into: packed, node, isPreparation: false)
      let parts = parts(operation.geometry.multiplyAdds)
      emit(
        StepDraft(
          kernel: "transposed convolution direct input gradient", block: node.block,
          path: node.path, reads: [dy, packed], writes: [target],
          scratch: direct.pointee.scratchCount, parts: parts
        ) { memory in
          let work = DirectConvolutionWork(
            convolution: direct, pass: .forward, source: memory[dy], weights: memory[packed],
            target: memory[target], scratch: memory.scratch)
          return [Instruction(.directConvolution(work), parts: parts)]
        })
    }
    if accumulate { emitShare(of: target, to: node.inputs[0], factor: 1, count: count, node) }
  }

  /// Emits the gradient of a transposed convolution's weights, where training learns them.
  func emitTransposedWeightGradient(
    _ operation: ConvolutionOperation, _ node: Node, dy: BufferID
  ) {
    guard let gradient = gradient(of: operation.weight) else { return }
    let x = value(node.inputs[0])
    if case .library(let library) = provider(
      operation, .backwardWeights, hasBias: false, node)
    {
      emitLibrary(
        library, node, name: "transposed convolution weight gradient",
        LibraryMemory(source: dy, destination: x, plain: gradient, bias: nil), reads: [x, dy],
        writes: [])
      return
    }
    let direct = direct(operation.geometry)
    let parts = parts(
      operation.geometry.multiplyAdds, copying: direct.pointee.gradientCount,
      of: graph.counts[node.inputs[0]])
    let packed = buffer(direct.pointee.gradientCount * parts)
    emit(
      StepDraft(
        kernel: "transposed convolution direct weight gradient", block: node.block,
        path: node.path, reads: [x, dy], writes: [packed], scratch: direct.pointee.scratchCount,
        parts: parts
      ) { memory in
        let work = DirectConvolutionWork(
          convolution: direct, pass: .weightGradient, source: memory[dy], weights: memory[x],
          target: memory[packed], scratch: memory.scratch)
        let unpack = DirectConvolutionWork(
          convolution: direct, pass: .unpackGradient(parts: parts), source: memory[packed],
          target: gradient, scratch: memory.scratch)
        return [
          Instruction(.directConvolution(work), parts: parts),
          Instruction(.directConvolution(unpack)),
        ]
      })
  }

  private func emitTransposedBiasGradient(
    _ operation: ConvolutionOperation, _ node: Node, dy: BufferID
  ) {
    guard let bias = gradient(of: operation.bias) else { return }
    let plane = operation.geometry.input
    let rows = operation.geometry.images * plane.positions
    let parts = parts(rows * plane.channels)
    let sums = buffer(plane.channels * parts)
    emit(
      StepDraft(
        kernel: "transposed convolution bias gradient", block: node.block, path: node.path,
        reads: [dy], writes: [sums], scratch: Channels.scratchCount(channels: plane.channels),
        parts: parts
      ) { memory in
        let partial = ChannelSumsWork(
          x: memory[dy], rows: rows, channels: plane.channels, sums: memory[sums],
          scratch: memory.scratch)
        let merge = MergeSumsWork(
          sums: memory[sums], parts: parts, count: plane.channels, target: bias)
        return [
          Instruction(.channelSums(partial), parts: parts), Instruction(.mergeSums(merge)),
        ]
      })
  }
}
