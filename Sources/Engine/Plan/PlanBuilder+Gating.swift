import Kernels
import Networks

extension PlanBuilder {
  /// y = a · b, where b may hold for all positions of an image.
  func emitProduct(_ extent: Extent, isBroadcast: Bool, _ node: Node) {
    let (a, b) = (value(node.inputs[0]), value(node.inputs[1]))
    let y = output(of: node)
    let parts = gatingParts(extent, isBroadcast: isBroadcast)
    emit(
      StepDraft(
        kernel: "multiply", block: node.block, path: node.path, reads: [a, b], writes: [y],
        takeOvers: isBroadcast ? [(a, y)] : [(a, y), (b, y)],
        scratch: Gating.scratchCount(channels: extent.channels), parts: parts
      ) { memory in
        let work = MultiplyWork(
          x: memory[a], factors: memory[b], y: memory[y], extent: extent, isBroadcast: isBroadcast,
          accumulate: false, scratch: memory.scratch)
        return [Instruction(.multiply(work), parts: parts)]
      })
  }

  /// db = a · dy, summed over the positions where b held for all of them, and da = b · dy.
  func emitProductGradient(_ extent: Extent, isBroadcast: Bool, _ node: Node, dy: BufferID) {
    let (a, b) = (value(node.inputs[0]), value(node.inputs[1]))
    if isBroadcast {
      emitFactorGradient(extent, node, x: a, dy: dy, to: node.inputs[1])
    } else {
      emitProduct(of: (dy, a), extent, isBroadcast: false, node, to: node.inputs[1])
    }
    emitProduct(
      of: (dy, b), extent, isBroadcast: isBroadcast, node, to: node.inputs[0], isLast: true)
  }

  /// y = t · h + (1 − t) · x, where t may hold for all positions of an image.
  func emitHighway(_ extent: Extent, isBroadcast: Bool, _ node: Node) {
    let sources = node.inputs.map { value($0) }
    let y = output(of: node)
    let parts = gatingParts(extent, isBroadcast: isBroadcast)
    let takeOvers = [sources[0], sources[2]] + (isBroadcast ? [] : [sources[1]])
    emit(
      StepDraft(
        kernel: "highway", block: node.block, path: node.path, reads: sources, writes: [y],
        takeOvers: takeOvers.map { ($0, y) },
        scratch: Gating.scratchCount(channels: extent.channels), parts: parts
      ) { memory in
        let work = HighwayWork(
          pass: .forward, h: memory[sources[0]], t: memory[sources[1]], x: memory[sources[2]],
          target: memory[y], extent: extent, isBroadcast: isBroadcast, scratch: memory.scratch)
        return [Instruction(.highway(work), parts: parts)]
      })
  }

  /// dt = (h − x) · dy, summed over the positions where t held for all, dx = (1 − t) · dy and dh = t · dy.
  func emitHighwayGradient(_ extent: Extent, isBroadcast: Bool, _ node: Node, dy: BufferID) {
    let (h, t, x) = (value(node.inputs[0]), value(node.inputs[1]), value(node.inputs[2]))
    let parts = gatingParts(extent, isBroadcast: isBroadcast)
    let scratch = Gating.scratchCount(channels: extent.channels)
    func emitPass(
      _ kernel: String, to id: ValueID, reads: [BufferID],
      _ pass: @escaping (UnsafePointer<Float>, Bool) -> HighwayWork.Pass
    ) {
      guard let (target, accumulate) = gradientTarget(id) else { return }
      emit(
        StepDraft(
          kernel: kernel, block: node.block, path: node.path,
          reads: reads + [dy] + (accumulate ? [target] : []), writes: [target], scratch: scratch,
          parts: parts
        ) { memory in
          let work = HighwayWork(
            pass: pass(memory[dy], accumulate), h: memory[h], t: memory[t], x: memory[x],
            target: memory[target], extent: extent, isBroadcast: isBroadcast,
            scratch: memory.scratch)
          return [Instruction(.highway(work), parts: parts)]
        })
    }
    emitPass("highway gate gradient", to: node.inputs[1], reads: [h, x]) {
      .gateGradient(dy: $0, accumulate: $1)
    }
    emitPass("highway carry gradient", to: node.inputs[2], reads: [t]) {
      .carryGradient(dy: $0, accumulate: $1)
    }
    emitProduct(
      of: (dy, t), extent, isBroadcast: isBroadcast, node, to: node.inputs[0], isLast: true)
  }

  /// A gradient that is the output's times another value; the last one may go on in its memory.
  private func emitProduct(
    of pair: (dy: BufferID, factors: BufferID), _ extent: Extent, isBroadcast: Bool, _ node: Node,
    to id: ValueID, isLast: Bool = false
  ) {
    guard let (target, accumulate) = gradientTarget(id) else { return }
    let (dy, factors) = pair
    let parts = gatingParts(extent, isBroadcast: isBroadcast)
    emit(
      StepDraft(
        kernel: "multiply gradient", block: node.block, path: node.path,
        reads: [dy, factors] + (accumulate ? [target] : []), writes: [target],
        takeOvers: isLast && !accumulate ? [(dy, target)] : [],
        scratch: Gating.scratchCount(channels: extent.channels), parts: parts
      ) { memory in
        let work = MultiplyWork(
          x: memory[dy], factors: memory[factors], y: memory[target], extent: extent,
          isBroadcast: isBroadcast, accumulate: accumulate, scratch: memory.scratch)
        return [Instruction(.multiply(work), parts: parts)]
      })
  }

  private func emitFactorGradient(
    _ extent: Extent, _ node: Node, x: BufferID, dy: BufferID, to id: ValueID
  ) {
    guard let (target, accumulate) = gradientTarget(id) else { return }
    let parts = gatingParts(extent, isBroadcast: true)
    emit(
      StepDraft(
        kernel: "multiply factor gradient", block: node.block, path: node.path,
        reads: [x, dy] + (accumulate ? [target] : []), writes: [target],
        scratch: Gating.scratchCount(channels: extent.channels), parts: parts
      ) { memory in
        let work = FactorGradientWork(
          x: memory[x], dy: memory[dy], target: memory[target], extent: extent,
          accumulate: accumulate, scratch: memory.scratch)
        return [Instruction(.factorGradient(work), parts: parts)]
      })
  }

  /// Images are shared out where a factor holds for each, else single values.
  private func gatingParts(_ extent: Extent, isBroadcast: Bool) -> Int {
    isBroadcast ? min(parts(extent.count), extent.images) : parts(extent.count)
  }
}
