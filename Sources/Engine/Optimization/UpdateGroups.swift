import Kernels

/// Learnable parameters that have had equally many updates, as ranges of the slabs.
///
/// Parameters that an edit adds start counting later than the others.
struct UpdateGroups {
  /// The updates so far and the ranges they hold for.
  private(set) var groups: [(updates: Int, ranges: [ParameterRange])] = []

  /// Groups neighbouring parameters of equal count into one range each.
  init(_ layout: ParameterLayout, updates: (ParameterLayout.Entry) -> Int) {
    for entry in layout.entries where entry.specification.isLearnable {
      let count = updates(entry)
      let size = BufferPlan.padded(entry.specification.count)
      let index: Int
      if let known = groups.firstIndex(where: { $0.updates == count }) {
        index = known
      } else {
        index = groups.count
        groups.append((count, []))
      }
      let last = groups[index].ranges.count - 1
      if last >= 0,
        groups[index].ranges[last].start + groups[index].ranges[last].count == entry.offset
      {
        groups[index].ranges[last].count += size
      } else {
        groups[index].ranges.append(
          ParameterRange(start: entry.offset, count: size, weightDecay: 0))
      }
    }
  }

  /// Updates every parameter by one step of the optimizer.
  mutating func update(_ slabs: ParameterSlabs, _ optimizer: Optimizer) {
    let kernel = optimizer.kernel
    let decay = Float(optimizer.weightDecay)
    for index in groups.indices {
      groups[index].updates += 1
      let step = groups[index].updates
      for place in groups[index].ranges.indices {
        groups[index].ranges[place].weightDecay = decay
      }
      groups[index].ranges.withUnsafeBufferPointer { ranges in
        kernel.update(
          weights: slabs.weights, gradients: slabs.gradients, state: slabs.state,
          slabCount: slabs.layout.learnableCount, ranges: ranges,
          learningRate: Float(optimizer.learningRate), step: step)
      }
    }
  }

  /// The updates that the parameter at an offset has had.
  func updates(at offset: Int) -> Int {
    for group in groups {
      for range in group.ranges where offset >= range.start && offset < range.start + range.count {
        return group.updates
      }
    }
    return 0
  }
}
