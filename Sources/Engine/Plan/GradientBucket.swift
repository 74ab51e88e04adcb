import Networks

/// Neighbouring gradients that are sent to other processes as one message.
struct GradientBucket: Equatable {
  /// Their place in the slab of gradients.
  let range: Range<Int>

  /// The instruction before which all of them, and those of the buckets before, have their values.
  let end: Int

  /// Floats of a bucket: a message of 1 MiB takes long against the time to begin one.
  static let floats = 1 << 18

  /// Buckets of a model at most, all of which may be on their way at once; those of large models are larger.
  static let most = 128

  /// The gradients of a model in buckets, from those of the last layers on, which are known first; the last one
  /// begins where the gradients begin.
  ///
  /// Places hang on the parameters alone, so that processes with other plans have the same buckets.
  ///
  /// - Parameters:
  ///   - ends: The instruction before which a gradient has its value; `first` for those that nothing writes.
  static func all(
    _ layout: ParameterLayout, ends: [ParameterKey: Int] = [:], first: Int = 0,
    floats: Int = Self.floats
  ) -> [GradientBucket] {
    let floats = max(floats, (layout.learnableCount - 1) / Self.most + 1)
    var buckets: [GradientBucket] = []
    var (upper, end) = (layout.learnableCount, first)
    for entry in layout.entries.reversed() where entry.specification.isLearnable {
      end = max(end, ends[entry.specification.key] ?? first)
      if upper - entry.offset >= floats || entry.offset == 0 {
        buckets.append(GradientBucket(range: entry.offset..<upper, end: end))
        upper = entry.offset
      }
    }
    return buckets
  }
}
