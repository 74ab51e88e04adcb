import COneDNN
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
        var share = UpdateShare(
          optimizer: optimizer.kernel, slabs: slabs.pointers, range: range,
          learningRate: Float(optimizer.learningRate), step: groups[index].updates,
          parts: range.count >= Self.sharedCount && !hasWholeParameters
            ? ConvolutionCut.piecesPerThread * threads : 1)
        if share.parts == 1 {
          share.run(Part(index: 0, count: 1))
        } else {
          run(&share, threads: threads)
        }
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

/// One range's update by one optimizer step, in parts.
private struct UpdateShare {
  let optimizer: OptimizerKernel
  let slabs: ParameterSlabs.Pointers
  let range: ParameterRange
  let learningRate: Float
  let step: Int
  let parts: Int

  func run(_ part: Part) {
    let own = part.range(of: range.count, unit: BufferPlan.line)
    var piece = range
    piece.start = range.start + own.lowerBound
    piece.count = own.count
    withUnsafePointer(to: piece) { piece in
      optimizer.update(
        weights: slabs.weights, gradients: slabs.gradients, state: slabs.state,
        slabCount: slabs.count, ranges: UnsafeBufferPointer(start: piece, count: 1),
        learningRate: learningRate, step: step)
    }
  }
}

/// Runs an update on so many threads.
private func run(_ share: inout UpdateShare, threads: Int) {
  let parts = Int32(truncatingIfNeeded: share.parts)
  withUnsafeMutablePointer(to: &share) { share in
    withUnsafePointer(to: parts) { parts in
      var job = espalier_job(
        threads: Int32(truncatingIfNeeded: threads), first: 0, end: 1, parts: parts,
        body: runShare, context: UnsafeMutableRawPointer(share))
      var failed: Int32 = 0
      _ = espalier_run(&job, &failed)
    }
  }
}

/// Runs one part of the update at `context`, as a function that C can call.
private func runShare(_ context: UnsafeMutableRawPointer?, _ step: Int32, _ part: Int32) -> Int32 {
  guard let share = context?.assumingMemoryBound(to: UpdateShare.self) else { return 0 }
  share.pointee.run(Part(index: Int(part), count: share.pointee.parts))
  return 0
}
