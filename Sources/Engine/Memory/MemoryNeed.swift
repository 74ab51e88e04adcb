import Networks

/// What a plan and the parameters beside it take, in bytes, known before any of it is taken.
///
/// Values and their gradients are those that are in memory at the same time, where most are.
package struct MemoryNeed: Hashable, Sendable {
  /// What a block puts out for a whole batch.
  package struct Value: Hashable, Sendable {
    package let block: BlockID
    package let path: String
    package let bytes: Int

    /// Whether the backward pass needs it still.
    package let isKept: Bool
  }

  /// Examples in a batch.
  package var batch: Int

  /// Parameters that can learn, their gradients, and what the optimizer keeps of them.
  package var weights = 0
  package var weightGradients = 0
  package var optimizer = 0

  /// Running statistics, with those from before a step.
  package var statistics = 0

  /// What processes tell each other beside gradients.
  package var messages = 0

  /// The inputs of a batch and what outputs are compared with.
  package var examples = 0
  package var values = 0
  package var valueGradients = 0

  /// Weights in another order, as kernels want them.
  package var packed = 0

  /// What kernels need for themselves: sums by thread, statistics of the batch, oneDNN's scratchpad.
  package var workspace = 0

  /// Room between what shares memory that nothing fits into.
  package var gaps = 0

  /// The largest values, the largest first.
  package var largest: [Value] = []

  /// What the plan takes: all that goes with the batch.
  package var plan: Int { examples + values + valueGradients + packed + workspace + gaps }

  /// What the parameters take, whatever the batch.
  package var parameters: Int {
    weights + weightGradients + optimizer + statistics + messages
  }

  /// Everything.
  package var total: Int {
    let (sum, overflows) = plan.addingReportingOverflow(parameters)
    return overflows ? .max : sum
  }
}

extension MemoryNeed {
  /// What the plan of a draft takes.
  init(_ draft: PlanDraft) {
    batch = draft.options.batch
    let peak = draft.builder.buffers.peak
    let bytes = { (role: BufferRole) in 4 * (peak[role] ?? 0) }
    examples = bytes(.batch)
    values = bytes(.value)
    valueGradients = bytes(.gradient)
    packed = bytes(.packed)
    workspace = bytes(.workspace) + 4 * draft.scratch.total
    gaps = 4 * (max(draft.floats, 1) - draft.scratch.total - peak.values.reduce(0, +))
    largest = Self.largestValues(draft)
  }

  /// Values that are listed.
  private static let most = 5

  /// The largest values; of those that share memory from step to step the last.
  private static func largestValues(_ draft: PlanDraft) -> [Value] {
    let (builder, graph) = (draft.builder, draft.graph)
    let forwardEnd = builder.preparation.count + builder.forwardCount
    var seen: Set<BufferID> = []
    var found: [Value] = []
    for node in graph.nodes.reversed() {
      guard let buffer = builder.forwardValues[node.output],
        seen.insert(builder.buffers.root(of: buffer)).inserted
      else { continue }
      found.append(
        Value(
          block: node.block, path: node.path, bytes: 4 * graph.counts[node.output],
          isKept: draft.options.mode == .training && builder.buffers[buffer].last >= forwardEnd))
    }
    found.reverse()
    let order = found.indices.sorted { (found[$1].bytes, $0) < (found[$0].bytes, $1) }
    return order.prefix(most).map { found[$0] }
  }
}
