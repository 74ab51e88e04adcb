extension BufferPlan {
  /// Floats of the buffers that are alive at the step where most are, by what they are for; buffers in one place
  /// are counted once, as the one that is there last.
  ///
  /// They are placed already. What the arena has beyond their sum is room that no order of them could fill.
  var peak: [BufferRole: Int] {
    var spans: [BufferID: (first: Int, last: Int, floats: Int)] = [:]
    for index in lives.indices where lives[index].isLasting || lives[index].last >= 0 {
      let life = lives[index]
      let root = root(of: BufferID(index: index))
      let (first, last) = life.isLasting ? (0, Int.max) : (life.first, life.last)
      let known = spans[root] ?? (first, last, 0)
      spans[root] = (
        min(known.first, first), max(known.last, last), max(known.floats, life.floats)
      )
    }
    let step = Self.fullestStep(Array(spans.values))
    var holders: [BufferID: Life] = [:]
    for index in lives.indices {
      let life = lives[index]
      guard life.isLasting || (life.first <= step && step <= life.last) else { continue }
      let root = root(of: BufferID(index: index))
      if let known = holders[root], known.first > life.first { continue }
      holders[root] = life
    }
    var result: [BufferRole: Int] = [:]
    for (root, span) in spans where span.first <= step && step <= span.last {
      let role = holders[root]?.role ?? lives[root.index].role
      result[role, default: 0] += Self.padded(span.floats)
    }
    return result
  }

  /// The step at which living spans have the most floats.
  static func fullestStep(_ spans: [(first: Int, last: Int, floats: Int)]) -> Int {
    var changes: [(step: Int, floats: Int)] = []
    for span in spans {
      changes.append((span.first, padded(span.floats)))
      if span.last < Int.max { changes.append((span.last + 1, -padded(span.floats))) }
    }
    changes.sort { ($0.step, $0.floats) < ($1.step, $1.floats) }
    var (sum, most, fullest) = (0, 0, 0)
    for change in changes {
      sum += change.floats
      if sum > most { (most, fullest) = (sum, change.step) }
    }
    return fullest
  }
}
