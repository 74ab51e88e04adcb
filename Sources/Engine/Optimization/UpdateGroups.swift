import Kernels
import Networks

/// Learnable parameters that have had equally many updates, as ranges of the slabs.
///
/// Parameters that an edit adds start counting later than the others; frozen ones do not count on.
struct UpdateGroups {
  /// The updates so far and the ranges they hold for.
  private(set) var groups: [Group] = []

  /// Ranges that are updated alike.
  struct Group {
    var updates: Int
    let isFrozen: Bool
    let decays: Bool
    var ranges: [ParameterRange] = []
  }

  /// Whether no range may be shared out between threads.
  private let hasWholeParameters: Bool

  /// Groups neighbouring parameters of equal count, which the optimizer treats alike, into one range each.
  init(
    _ layout: ParameterLayout, for optimizer: Optimizer = .sgd,
    updates: (ParameterLayout.Entry) -> Int
  ) {
    hasWholeParameters = optimizer.kernel.needsWholeParameters
    for entry in layout.entries where entry.specification.isLearnable {
      let count = updates(entry)
      let size =
        hasWholeParameters
        ? entry.specification.count : BufferPlan.padded(entry.specification.count)
      let index: Int
      let isFrozen = entry.specification.isFrozen
      let decays = optimizer.decays(entry.specification)
      let known = groups.firstIndex {
        $0.updates == count && $0.isFrozen == isFrozen && $0.decays == decays
      }
      if let known {
        index = known
      } else {
        index = groups.count
        groups.append(Group(updates: count, isFrozen: isFrozen, decays: decays))
      }
      let last = groups[index].ranges.count - 1
      if last >= 0, !hasWholeParameters,
        groups[index].ranges[last].start + groups[index].ranges[last].count == entry.offset
      {
        groups[index].ranges[last].count += size
      } else {
        groups[index].ranges.append(
          ParameterRange(start: entry.offset, count: size, weightDecay: 0))
      }
    }
  }

  /// Values of a range below which one thread updates it alone.
  private static let sharedCount = 1 << 17

  /// Updates every parameter that is not frozen by one step of the optimizer; large ranges are shared out between threads.
  mutating func update(_ slabs: ParameterSlabs, _ optimizer: Optimizer, threads: Int) {
    for index in groups.indices where !groups[index].isFrozen {
      groups[index].updates += 1
      for var range in groups[index].ranges {
        range.weightDecay = groups[index].decays ? Float(optimizer.weightDecay) : 0
        let pointers = slabs.pointers
        let work = UpdateWork(
          optimizer: optimizer.kernel, weights: pointers.weights, gradients: pointers.gradients,
          state: pointers.state, slabCount: pointers.count, range: range,
          learningRate: Float(optimizer.learningRate), step: groups[index].updates)
        let isShared = range.count >= Self.sharedCount && !hasWholeParameters
        let parts = isShared ? ThreadChoice.piecesPerThread * threads : 1
        Instruction(.update(work), parts: parts).run(threads: threads)
      }
    }
  }

  /// Floats that updates change.
  var learningCount: Int {
    groups.filter { !$0.isFrozen }.flatMap(\.ranges).reduce(0) { $0 + $1.count }
  }

  /// How many of so many threads an update has work for.
  func threads(of most: Int) -> Int {
    let isShared = groups.contains { group in
      !group.isFrozen && group.ranges.contains { $0.count >= Self.sharedCount }
    }
    return isShared && !hasWholeParameters ? most : 1
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

extension Optimizer {
  /// Whether a parameter decays.
  fileprivate func decays(_ specification: ParameterSpecification) -> Bool {
    decayed == .all || specification.shape.count > 1
  }
}
