import COneDNN
import Kernels
import Networks

extension PlanBuilder {
  /// Emits the forward convolution, after packing its weights.
  func emitConvolution(_ operation: ConvolutionOperation, _ node: Node) {
    if graph.order == .first { return emitSeries(operation, node) }
    let x = value(node.inputs[0])
    let y = output(of: node)
    let pass: LibraryConvolution.Pass =
      options.mode == .training ? .forwardTraining : .forwardInference
    let bias = operation.bias.flatMap { slabs.values(of: $0)?.baseAddress }
    guard let weights = slabs.values(of: operation.weight)?.baseAddress else { return }
    switch provider(operation, pass, hasBias: bias != nil, node) {
    case .product(let product):
      product.emitForward(node, from: x, to: y, in: self)
    case .library(let library):
      emitLibrary(
        library, node, name: "convolution",
        LibraryMemory(source: x, destination: y, plain: weights, bias: bias), reads: [x],
        writes: [y])
    case .direct:
      emitDirect(operation, node, from: x, to: y, weights: weights, bias: bias)
    }
  }

  private func emitDirect(
    _ operation: ConvolutionOperation, _ node: Node, from x: BufferID, to y: BufferID,
    weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?
  ) {
    let direct = direct(operation.geometry)
    let packed = preparedBuffer(direct.pointee.packedCount)
    emitPack(.pack, direct, weights, into: packed, node, isPreparation: true)
    let parts = parts(operation.geometry.multiplyAdds)
    emit(
      StepDraft(
        kernel: "convolution direct", block: node.block, path: node.path, reads: [x, packed],
        writes: [y], scratch: direct.pointee.scratchCount, parts: parts
      ) { memory in
        let work = DirectConvolutionWork(
          convolution: direct, pass: .forward, source: memory[x], weights: memory[packed],
          bias: bias, target: memory[y], scratch: memory.scratch)
        return [Instruction(.directConvolution(work), parts: parts)]
      })
  }

  /// Emits the gradients of weights and bias, then that of the input.
  func emitConvolutionGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    if graph.order == .first { return emitSeriesGradient(operation, node, dy: dy) }
    emitWeightGradient(operation, node, dy: dy)
    emitInputGradient(operation, node, dy: dy)
  }

  /// Emits the gradient of a convolution's input, where one is wanted.
  func emitInputGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    guard needsGradient[node.inputs[0]],
      let weights = slabs.values(of: operation.weight)?.baseAddress
    else { return }
    let accumulates = gradients[node.inputs[0]] != nil
    switch provider(
      operation, .backwardData, hasBias: false, node, accumulates: accumulates)
    {
    case .product(let product):
      guard let (dx, accumulate) = gradientTarget(node.inputs[0]) else { return }
      product.emitInputGradient(node, dy: dy, to: dx, accumulate: accumulate, in: self)
    case .library(let library):
      guard let (dx, accumulate) = gradientTarget(node.inputs[0]) else { return }
      let count = graph.counts[node.inputs[0]]
      let target = accumulate ? buffer(count, for: .gradient) : dx
      emitLibrary(
        library, node, name: "convolution input gradient",
        LibraryMemory(source: target, destination: dy, plain: weights, bias: nil), reads: [dy],
        writes: [target])
      if accumulate { emitShare(of: target, to: node.inputs[0], factor: 1, count: count, node) }
    case .direct: emitDirectInputGradient(operation, node, dy: dy, weights: weights)
    }
  }

  private func emitDirectInputGradient(
    _ operation: ConvolutionOperation, _ node: Node, dy: BufferID,
    weights: UnsafeMutablePointer<Float>
  ) {
    let direct = direct(operation.geometry)
    let packed = buffer(direct.pointee.backwardPackedCount, for: .packed)
    emitPack(.packBackward, direct, weights, into: packed, node, isPreparation: false)
    let parts = parts(operation.geometry.multiplyAdds)
    emitReverse(
      node, dy: dy,
      ReverseDraft(
        "convolution direct input gradient", also: [packed], parts: parts,
        scratch: direct.pointee.scratchCount)
    ) { dy, dx, add, memory in
      .directConvolution(
        DirectConvolutionWork(
          convolution: direct, pass: .backward(accumulate: add), source: dy,
          weights: memory[packed], target: dx, scratch: memory.scratch))
    }
  }

  /// Emits the gradients of a convolution's weights and bias, where training learns them.
  func emitWeightGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    guard let gradient = gradient(of: operation.weight) else { return }
    let bias = self.gradient(of: operation.bias)
    let x = value(node.inputs[0])
    switch provider(operation, .backwardWeights, hasBias: bias != nil, node) {
    case .product(let product):
      product.emitGradients(node, x: x, dy: dy, in: self)
    case .library(let library):
      emitLibrary(
        library, node, name: "convolution weight gradient",
        LibraryMemory(source: x, destination: dy, plain: gradient, bias: bias), reads: [x, dy],
        writes: [])
    case .direct:
      emitDirectWeightGradient(
        operation, node, dy: dy,
        PlainGradients(weights: gradient, bias: bias))
    }
  }

  /// Where gradients go.
  private struct PlainGradients {
    let weights: UnsafeMutablePointer<Float>
    let bias: UnsafeMutablePointer<Float>?
  }

  private func emitDirectWeightGradient(
    _ operation: ConvolutionOperation, _ node: Node, dy: BufferID, _ gradients: PlainGradients
  ) {
    let (gradient, bias) = (gradients.weights, gradients.bias)
    let x = value(node.inputs[0])
    let geometry = operation.geometry
    let direct = direct(geometry)
    let parts = parts(
      geometry.multiplyAdds, copying: direct.pointee.gradientCount,
      of: graph.counts[node.inputs[0]])
    let packed = buffer(direct.pointee.gradientCount * parts)
    let channels = geometry.output.channels
    let rows = geometry.images * geometry.output.positions
    let sums = bias == nil ? nil : buffer(channels * parts)
    emit(
      StepDraft(
        kernel: "convolution direct weight gradient", block: node.block, path: node.path,
        reads: [x, dy], writes: [packed] + (sums.map { [$0] } ?? []),
        scratch: max(direct.pointee.scratchCount, Channels.scratchCount(channels: channels)),
        parts: parts
      ) { memory in
        let work = DirectConvolutionWork(
          convolution: direct, pass: .weightGradient, source: memory[x], weights: memory[dy],
          target: memory[packed], scratch: memory.scratch)
        let unpack = DirectConvolutionWork(
          convolution: direct, pass: .unpackGradient(parts: parts), source: memory[packed],
          target: gradient, scratch: memory.scratch)
        var result = [
          Instruction(.directConvolution(work), parts: parts),
          Instruction(.directConvolution(unpack)),
        ]
        if let bias, let sums {
          let partial = ChannelSumsWork(
            x: memory[dy], rows: rows, channels: channels, sums: memory[sums],
            scratch: memory.scratch)
          let merge = MergeSumsWork(
            sums: memory[sums], parts: parts, count: channels, target: bias)
          result.append(Instruction(.channelSums(partial), parts: parts))
          result.append(Instruction(.mergeSums(merge)))
        }
        return result
      })
  }

  /// Reorders weights for a pass of our own convolution.
  func emitPack(
    _ pass: DirectConvolutionWork.Pass, _ direct: UnsafeMutablePointer<DirectConvolution>,
    _ weights: UnsafeMutablePointer<Float>, into packed: BufferID, _ node: Node,
    isPreparation: Bool
  ) {
    let step = StepDraft(
      kernel: "pack", block: node.block, path: node.path, reads: [], writes: [packed]
    ) { memory in
      let work = DirectConvolutionWork(
        convolution: direct, pass: pass, source: weights, target: memory[packed],
        scratch: memory.scratch)
      return [Instruction(.directConvolution(work))]
    }
    if isPreparation { emitPreparation(step) } else { emit(step) }
  }

  /// What a call of the library works on; weights or their gradient lie plain, in our own order.
  struct LibraryMemory {
    let source: BufferID
    let destination: BufferID
    let plain: UnsafeMutablePointer<Float>
    let bias: UnsafeMutablePointer<Float>?
  }

  /// A call of the library with its packing before, and the sum of gradients of its pieces after.
  func emitLibrary(
    _ library: LibraryConvolution, _ node: Node, name: String, _ operands: LibraryMemory,
    reads: [BufferID], writes: [BufferID]
  ) {
    libraryCalls.append(library)
    let isGradient = name.hasSuffix("weight gradient")
    let packed: BufferID? =
      library.isPlain
      ? nil : isGradient ? buffer(library.weightCount) : preparedBuffer(library.weightCount)
    let bindCall = { (memory: Binding) in
      var operands = espalier_operands(
        source: memory[operands.source], weights: packed.map { memory[$0] }, bias: operands.bias,
        destination: memory[operands.destination], plain: operands.plain,
        scratch: memory.scratch.start, scratch_stride: 4 * memory.threadStride)
      _ = espalier_convolution_bind(library.call, &operands)
    }
    let (parts, slices) = (library.cut.images * library.cut.channels, library.cut.channels)
    if let packed, !isGradient {
      emitPreparation(
        StepDraft(
          kernel: name.contains("convolution") ? "pack" : "\(name) pack", block: node.block,
          path: node.path, reads: [], writes: [packed], parts: slices
        ) { memory in
          bindCall(memory)
          return [Instruction(.libraryPack(library.call), parts: slices)]
        })
    }
    let extra = packed.map { [$0] } ?? []
    emit(
      StepDraft(
        kernel: "\(name) \(library.implementation)", block: node.block, path: node.path,
        reads: reads + (isGradient ? [] : extra), writes: writes + (isGradient ? extra : []),
        threadScratch: library.scratchCount, parts: parts
      ) { memory in
        bindCall(memory)
        let execute = Instruction(.libraryConvolution(library.call), parts: parts)
        return library.merges
          ? [execute, Instruction(.libraryUnpack(library.call), parts: slices)] : [execute]
      })
  }
}
