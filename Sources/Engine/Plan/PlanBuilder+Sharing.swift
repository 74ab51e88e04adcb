import Kernels
import Networks

/// Parameters that several nodes use: each node writes its gradient over what is there, so that what the others
/// have come to is kept elsewhere meanwhile, and added.
extension PlanBuilder {
  /// A gradient that other nodes have written.
  struct EarlierGradient {
    let memory: UnsafeMutableBufferPointer<Float>
    let kept: BufferID
  }

  /// Copies the gradients that a node is about to overwrite.
  func setAsideGradients(of node: Node) -> [EarlierGradient] {
    let keys = node.operation.parameters.filter { slabs.learns($0) }
    defer { writtenGradients.formUnion(keys) }
    return keys.compactMap { key in
      guard writtenGradients.contains(key), let memory = slabs.gradient(of: key),
        let start = memory.baseAddress
      else { return nil }
      let kept = buffer(memory.count)
      emit(
        StepDraft(
          kernel: "gradient keep", block: node.block, path: node.path, reads: [], writes: [kept]
        ) { binding in
          let work = CopyWork(
            x: start, factor: 1, accumulate: false, y: binding[kept], count: memory.count)
          return [Instruction(.copy(work))]
        })
      return EarlierGradient(memory: memory, kept: kept)
    }
  }

  /// Adds what was kept to what the node has written.
  func addGradients(_ earlier: [EarlierGradient], _ node: Node) {
    for gradient in earlier {
      guard let start = gradient.memory.baseAddress else { continue }
      emit(
        StepDraft(
          kernel: "gradient sum", block: node.block, path: node.path, reads: [gradient.kept],
          writes: []
        ) { binding in
          let work = CopyWork(
            x: binding[gradient.kept], factor: 1, accumulate: true, y: start,
            count: gradient.memory.count)
          return [Instruction(.copy(work))]
        })
    }
  }
}
