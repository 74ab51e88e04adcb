import COneDNN
import Kernels

/// Learnable parameters that have had equally many updates, as ranges of the slabs.
///
/// Parameters that an edit adds start counting later than the others; frozen ones do not count on.
struct UpdateGroups {
  /// The updates so far and the ranges they hold for.
  private(set) var groups: [(updates: Int, isFrozen: Bool, ranges: [ParameterRange])] = []

  /// Groups neighbouring parameters of equal count into one range each.
  init(_ layout: ParameterLayout, updates: (ParameterLayout.Entry) -> Int) {
    for entry in layout.entries where entry.specification.isLearnable {
      let count = updates(entry)
      let size = BufferPlan.padded(entry.specification.count)
      let index: Int
      let isFrozen = entry.specification.isFrozen
      if let known = groups.firstIndex(where: { $0.updates == count && $0.isFrozen == isFrozen }) {
        index = known
      } else {
        index = groups.count
        groups.append((count, isFrozen, []))
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

  /// Values of a range below which one thread updates it alone.
  private static let sharedCount = 1 << 17

  /// Updates every parameter that is not frozen by one step of the optimizer; large ranges are shared out between threads.
  mutating func update(_ slabs: ParameterSlabs, _ optimizer: Optimizer, threads: Int) {
    for index in groups.indices where !groups[index].isFrozen {
      groups[index].updates += 1
      for var range in groups[index].ranges {
        range.weightDecay = Float(optimizer.weightDecay)
        var share = UpdateShare(
          optimizer: optimizer.kernel, slabs: slabs.pointers, range: range,
          learningRate: Float(optimizer.learningRate), step: groups[index].updates,
          parts: range.count >= Self.sharedCount ? threads : 1)
        if share.parts == 1 {
          share.run(Part(index: 0, count: 1))
        } else {
          espalier_parallel(Int32(truncatingIfNeeded: share.parts), runShare, &share)
        }
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

/// Runs one part of the update at `context`, as a function that C can call.
private func runShare(_ context: UnsafeMutableRawPointer?, _ part: Int32) {
  guard let share = context?.assumingMemoryBound(to: UpdateShare.self) else { return }
  share.pointee.run(Part(index: Int(part), count: share.pointee.parts))
}
