/// One of the equal shares in which several threads do a step.
struct Part {
  let index: Int
  let count: Int

  /// This part's share of `0..<total`, whose bounds are multiples of `unit`.
  func range(of total: Int, unit: Int = 1) -> Range<Int> {
    let units = (total &+ unit &- 1) / unit
    let lower = units &* index / count &* unit
    let upper = units &* (index &+ 1) / count &* unit
    return min(lower, total)..<min(upper, total)
  }
}

/// Working memory of a step: a piece for each part.
struct Scratch {
  let start: UnsafeMutablePointer<Float>
  let stride: Int

  /// The piece of one part.
  func of(_ part: Part) -> UnsafeMutablePointer<Float> { start + part.index &* stride }
}
