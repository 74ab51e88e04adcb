/// A measured curve that answers "what lies between these steps" in logarithmic time.
///
/// Above the points stand buckets of four, above those buckets of sixteen, and so on, each with the
/// least, the greatest and the sum of its finite values. They grow as points are appended, so a chart
/// of a million points costs no more than one of a thousand and still shows every spike.
package struct SeriesPyramid: Sendable {
  /// What lies in a stretch of the curve.
  package struct Summary: Hashable, Sendable {
    package var least = Float.infinity
    package var greatest = -Float.infinity
    package var sum = 0.0

    /// How many finite values.
    package var count = 0

    /// How many values that are infinite or no numbers.
    package var badCount = 0

    /// The mean of the finite values, or nothing where there are none.
    package var mean: Double? { count > 0 ? sum / Double(count) : nil }

    mutating func add(_ value: Float) {
      guard value.isFinite else {
        badCount += 1
        return
      }
      least = min(least, value)
      greatest = max(greatest, value)
      sum += Double(value)
      count += 1
    }

    mutating func add(_ other: Summary) {
      least = min(least, other.least)
      greatest = max(greatest, other.greatest)
      sum += other.sum
      count += other.count
      badCount += other.badCount
    }
  }

  /// The steps at which values were measured, never falling.
  package private(set) var steps: [Int] = []
  package private(set) var values: [Float] = []
  private var levels: [[Summary]] = []
  private static let fanOut = 4

  /// An empty curve.
  package init() {}

  /// A curve of points in order.
  package init(_ points: some Sequence<(step: Int, value: Float)>) {
    for point in points { append(point.value, at: point.step) }
  }

  package var count: Int { values.count }
  package var isEmpty: Bool { values.isEmpty }

  /// The first step and the last, or nothing where there are no points.
  package var extent: ClosedRange<Int>? {
    guard let first = steps.first, let last = steps.last else { return nil }
    return first...last
  }

  /// The last value that is a finite number.
  package var lastFinite: Float? { values.last { $0.isFinite } }

  /// Adds a point; one at an earlier step than the last takes the place of all that follow it.
  package mutating func append(_ value: Float, at step: Int) {
    if let last = steps.last, step < last { truncate(from: step) }
    if count >= Self.most { thin() }
    steps.append(step)
    values.append(value)
    grow()
  }

  /// The most points that are kept.
  static let most = 1 << 20

  /// Keeps of every four points the least and the greatest, in their order.
  private mutating func thin() {
    let (oldSteps, oldValues) = (steps, values)
    self = SeriesPyramid()
    for start in stride(from: 0, to: oldValues.count, by: Self.fanOut) {
      let places = start..<min(start + Self.fanOut, oldValues.count)
      let least = places.min { Self.isBelow(oldValues[$0], oldValues[$1]) } ?? start
      let greatest = places.max { Self.isBelow(oldValues[$0], oldValues[$1]) } ?? start
      for place in least == greatest ? [least] : [min(least, greatest), max(least, greatest)] {
        append(oldValues[place], at: oldSteps[place])
      }
    }
  }

  /// An order of all values, what is no number last.
  private static func isBelow(_ left: Float, _ right: Float) -> Bool {
    if right.isNaN { return !left.isNaN }
    return left < right
  }

  /// Drops the points at `step` and after it, as undoing a training run does.
  package mutating func truncate(from step: Int) {
    let kept = index(of: step)
    steps.removeLast(count - kept)
    values.removeLast(values.count - kept)
    var size = kept
    for level in levels.indices {
      size /= Self.fanOut
      levels[level].removeLast(levels[level].count - size)
    }
  }

  /// What lies at steps from the lower bound up to, not including, the upper.
  package func summary(of range: Range<Int>) -> Summary {
    summary(ofIndices: index(of: range.lowerBound)..<index(of: range.upperBound))
  }

  /// The place of the first point at or after a step.
  package func index(of step: Int) -> Int {
    var low = 0
    var high = steps.count
    while low < high {
      let middle = (low + high) / 2
      if steps[middle] < step { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// What lies in a stretch of points.
  package func summary(ofIndices range: Range<Int>) -> Summary {
    var result = Summary()
    var index = range.lowerBound
    while index < range.upperBound {
      var level = -1
      var size = 1
      while level + 1 < levels.count, index.isMultiple(of: size * Self.fanOut),
        index + size * Self.fanOut <= range.upperBound
      {
        level += 1
        size *= Self.fanOut
      }
      if level < 0 { result.add(values[index]) } else { result.add(levels[level][index / size]) }
      index += size
    }
    return result
  }

  /// Completes the buckets that the last point fills.
  private mutating func grow() {
    guard values.count.isMultiple(of: Self.fanOut) else { return }
    var bucket = Summary()
    for value in values.suffix(Self.fanOut) { bucket.add(value) }
    var level = 0
    while true {
      if level == levels.count { levels.append([]) }
      levels[level].append(bucket)
      guard levels[level].count.isMultiple(of: Self.fanOut) else { return }
      bucket = Summary()
      for part in levels[level].suffix(Self.fanOut) { bucket.add(part) }
      level += 1
    }
  }
}
