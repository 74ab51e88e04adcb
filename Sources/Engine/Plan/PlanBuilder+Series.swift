import Kernels
import Networks

/// Convolutions of plans whose channels come first; they read weights, and write their gradients, as those lie.
extension PlanBuilder {
  /// Emits the forward convolution.
  func emitSeries(_ operation: ConvolutionOperation, _ node: Node) {
    let x = value(node.inputs[0])
    let y = output(of: node)
    guard let weights = slabs.values(of: operation.weight)?.baseAddress else { return }
    let bias = operation.bias.flatMap { slabs.values(of: $0)?.baseAddress }
    let series = series(operation.geometry)
    let parts = parts(operation.geometry.multiplyAdds)
    emit(
      StepDraft(
        kernel: "convolution series", block: node.block, path: node.path, reads: [x],
        writes: [y], scratch: series.pointee.scratchCount, parts: parts
      ) { memory in
        let work = SeriesConvolutionWork(
          convolution: series, pass: .forward, source: memory[x], other: weights, bias: bias,
          target: memory[y], scratch: memory.scratch)
        return [Instruction(.seriesConvolution(work), parts: parts)]
      })
  }

  /// Emits the gradients of weights and bias, then that of the input.
  func emitSeriesGradient(_ operation: ConvolutionOperation, _ node: Node, dy: BufferID) {
    let series = series(operation.geometry)
    emitWeightGradient(of: series, operation, node, dy: dy)
    guard needsGradient[node.inputs[0]],
      let weights = slabs.values(of: operation.weight)?.baseAddress
    else { return }
    let parts = parts(operation.geometry.multiplyAdds)
    emitReverse(
      node, dy: dy,
      ReverseDraft(
        "convolution series input gradient", parts: parts, scratch: series.pointee.scratchCount)
    ) { dy, dx, add, memory in
      .seriesConvolution(
        SeriesConvolutionWork(
          convolution: series, pass: .backward(accumulate: add), source: dy, other: weights,
          target: dx, scratch: memory.scratch))
    }
  }

  private func emitWeightGradient(
    of series: UnsafeMutablePointer<SeriesConvolution>, _ operation: ConvolutionOperation,
    _ node: Node, dy: BufferID
  ) {
    let (geometry, x) = (operation.geometry, value(node.inputs[0]))
    let (weights, bias) = (gradient(of: operation.weight), gradient(of: operation.bias))
    if weights == nil, bias == nil { return }
    let channels = bias == nil ? 0 : geometry.output.channels
    let piece = geometry.weightCount + channels
    let parts = parts(geometry.multiplyAdds, copying: piece, of: graph.counts[node.inputs[0]])
    // One part writes where the gradients belong.
    let partials = parts == 1 && weights != nil ? nil : buffer(piece * parts)
    emit(
      StepDraft(
        kernel: "convolution series weight gradient", block: node.block, path: node.path,
        reads: [x, dy], writes: partials.map { [$0] } ?? [],
        scratch: series.pointee.scratchCount, parts: parts
      ) { memory in
        let own = partials.map { memory[$0] }
        guard let target = own ?? weights else { return [] }
        let ownBias = own.map { $0 + geometry.weightCount } ?? bias
        let work = SeriesConvolutionWork(
          convolution: series,
          pass: .weightGradient(bias: bias == nil ? nil : ownBias, stride: piece),
          source: memory[x], other: memory[dy], target: target, scratch: memory.scratch)
        var result = [Instruction(.seriesConvolution(work), parts: parts)]
        guard let own else { return result }
        for (gradient, first, count) in [
          (weights, 0, geometry.weightCount), (bias, geometry.weightCount, channels),
        ] {
          guard let gradient else { continue }
          for part in 0..<parts {
            let copy = CopyWork(
              x: own + first + part * piece, factor: 1, accumulate: part > 0, y: gradient,
              count: count)
            result.append(Instruction(.copy(copy)))
          }
        }
        return result
      })
  }

  private func series(_ geometry: ConvolutionGeometry) -> UnsafeMutablePointer<SeriesConvolution> {
    let call = ConvolutionCall(SeriesConvolution(geometry))
    seriesCalls.append(call)
    return call.convolution
  }
}
