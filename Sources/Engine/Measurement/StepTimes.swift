import Networks

/// Where the time of a training step goes: the steps of its plan, each with the times of several runs.
package struct StepTimes: Sendable {
  /// What a step of the plan belongs to.
  package enum Pass: String, CaseIterable, Hashable, Sendable {
    case forward

    /// What the backward pass computes again, since a checkpoint has not kept it.
    case recompute
    case backward
    case update
  }

  /// A step of the plan.
  package struct Line: Sendable {
    /// The block whose step it is, the last one of merged blocks; nothing for steps of the whole network.
    package let block: BlockID?
    package let path: String
    package let pass: Pass

    /// What computes, in words: `conv 3x3 oneDNN brgconv:avx512_core`.
    package let kernel: String

    /// How values lie, the outermost first: `nhwc`, or `packed` where weights are ordered for a kernel.
    package let layout: String
    package let threads: Int

    /// Operations on floating point numbers in products, a multiplication and an addition counted as two.
    package let operations: Double

    /// Bytes of buffers and weights that are read and written.
    package let bytes: Double
    package let times: TimeSpread
  }

  /// The steps in the order of execution.
  package let lines: [Line]

  /// The whole step without a clock in it, between the others.
  package let whole: TimeSpread

  /// How often each was timed.
  package let count: Int
  package let batch: Int
  package let threads: Int

  /// Bytes of all buffers, weights, gradients and of what the optimizer remembers.
  package let footprint: Int

  /// In which numbers operands of products are.
  package var precision = Precision.float32
}

/// Times of several runs, in seconds.
package struct TimeSpread: Hashable, Sendable {
  package let median: Double

  /// What 99 of 100 runs do not exceed.
  package let p99: Double
  package let least: Double
  package let most: Double

  /// The spread of some times; zeros where there are none.
  package init(_ times: [Double]) {
    let sorted = times.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      (median, p99, least, most) = (0, 0, 0, 0)
      return
    }
    let middle = sorted.count / 2
    median =
      sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    let rank = Int((0.99 * Double(sorted.count)).rounded(.up))
    p99 = sorted[max(0, rank - 1)]
    (least, most) = (first, last)
  }
}
