import Networks

/// Values that are computed again in the backward pass: the nodes of a checkpoint are emitted once more, into other
/// buffers, before the first gradient that reads one of them.
///
/// They compute the same bits: what is drawn at random follows from seed, step and path, statistics of a batch are
/// those of the forward pass, which are kept, and so are values that others than the checkpoint read.
extension PlanBuilder {
  /// Emits again the nodes of checkpoints whose values the backward steps of a node read.
  ///
  /// - Throws: As the forward pass does.
  func emitAgain(whatIsMissingFor node: Node) throws(EngineError) {
    if graph.checkpoints.isEmpty || options.keepsValues || gradients[node.output] == nil { return }
    for number in checkpoints(behind: node).sorted()
    where recomputedCheckpoints.insert(number).inserted {
      try emitAgain(number)
    }
  }

  /// The checkpoints that a node lies in, and those that its inputs are not kept of; the outer before the inner ones
  /// by number.
  private func checkpoints(behind node: Node) -> Set<Int> {
    var result = Set(node.checkpoints)
    for input in node.inputs {
      for number in checkpointsOfValues[input] ?? []
      where !graph.checkpoints[number].kept.contains(input) {
        result.insert(number)
      }
    }
    return result
  }

  private func emitAgain(_ number: Int) throws(EngineError) {
    isRecomputing = true
    defer { isRecomputing = false }
    for node in graph.nodes where node.checkpoints.contains(number) {
      let kept = values[node.output]
      try emitForward(node)
      if graph.checkpoints[number].kept.contains(node.output) { values[node.output] = kept }
    }
  }

  /// Drops steps that compute again what nothing reads, such as the last one of a checkpoint.
  func dropUnreadRecomputation() {
    if recomputedCheckpoints.isEmpty { return }
    var read: Set<BufferID> = []
    var isNeeded: [Bool] = []
    for step in steps[forwardCount...].reversed() {
      isNeeded.append(!step.isRecomputed || step.writes.contains(where: read.contains))
      if isNeeded[isNeeded.count - 1] { read.formUnion(step.reads) }
    }
    keepBackwardSteps(isNeeded.reversed())
  }
}
