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
    if let product = product(operation, pass) {
      product.emitForward(node, from: x, to: y, in: self)
      return
    }
    let bias = operation.bias.flatMap { slabs.values(of: $0)?.baseAddress }
    guard let weights = slabs.values(of: operation.weight)?.baseAddress else { return }
    if let library = library(operation, pass, hasBias: bias != nil) {
      emitLibrary(
        library, node, name: "convolution",
        LibraryMemory(source: x, destination: y, plain: weights, bias: bias), reads: [x],
        writes: [y])
      return
    }
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
    guard needsGradient[node.inputs[0]],
      let weights = slabs.values(of: operation.weight)?.baseAddress
    else { return }
    if let product = product(operation, .backwardData) {
      guard let (dx, accumulate) = gradientTarget(node.inputs[0]) else { return }
      product.emitInputGradient(node, dy: dy, to: dx, accumulate: accumulate, in: self)
      return
    }
    if let library = library(operation, .backwardData, hasBias: false) {
      guard let (dx, accumulate) = gradientTarget(node.inputs[0]) else { return }
      let count = graph.counts[node.inputs[0]]
      let target = accumulate ? buffer(count, for: .gradient) : dx
      emitLibrary(
        library, node, name: "convolution input gradient",
        LibraryMemory(source: target, destination: dy, plain: weights, bias: nil), reads: [dy],
        writes: [target])
      if accumulate { emitShare(of: target, to: node.inputs[0], factor: 1, count: count, node) }
      return
    }
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

  private func emitWeightGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    guard let gradient = gradient(of: operation.weight) else { return }
    let bias = self.gradient(of: operation.bias)
    let x = value(node.inputs[0])
    if let product = product(operation, .backwardWeights) {
      product.emitGradients(node, x: x, dy: dy, in: self)
      return
    }
    if let library = library(operation, .backwardWeights, hasBias: bias != nil) {
      emitLibrary(
        library, node, name: "convolution weight gradient",
        LibraryMemory(source: x, destination: dy, plain: gradient, bias: bias), reads: [x, dy],
        writes: [])
      return
    }
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
          kernel: "pack", block: node.block, path: node.path, reads: [], writes: [packed],
          parts: slices
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

  /// A pass as a product of matrices, where that is the library's way and the faster one.
  private func product(_ operation: ConvolutionOperation, _ pass: LibraryConvolution.Pass)
    -> Projection?
  {
    let geometry = operation.geometry
    guard ConvolutionChoice.prefersProduct(geometry, pass),
      !ConvolutionChoice.prefersDirect(geometry, options), usesLibrary(geometry.multiplyAdds)
    else { return nil }
    let name = geometry.input.height == 1 ? "conv 1" : "conv 1x1"
    return Projection(
      name: name, rows: geometry.images * geometry.input.positions,
      inputs: geometry.input.channels, outputs: geometry.output.channels,
      weight: operation.weight, bias: operation.bias)
  }

  func library(
    _ operation: ConvolutionOperation, _ pass: LibraryConvolution.Pass, hasBias: Bool
  ) -> LibraryConvolution? {
    // The library writes code for each form of convolution and does not bear to be refused memory for it.
    if ConvolutionChoice.prefersDirect(operation.geometry, options) || !AvailableMemory.hasReserve {
      return nil
    }
    let cuts = [ConvolutionCut(operation.geometry, pass, threads: options.threads), .whole]
    for cut in cuts {
      let form = LibraryConvolution.Form(
        cut: cut, threads: options.threads, isDescription: isOnPaper)
      if let found = LibraryConvolution(operation.geometry, pass, hasBias: hasBias, form: form) {
        return found
      }
    }
    return nil
  }

  func direct(_ geometry: ConvolutionGeometry) -> UnsafeMutablePointer<DirectConvolution> {
    let call = DirectCall(geometry)
    directCalls.append(call)
    return call.convolution
  }
}
