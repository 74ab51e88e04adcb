/// One of the equal shares in which several threads do a step.
package struct Part {
  package let index: Int
  package let count: Int

  /// What is asked in the midst of it.
  package let stop: StopCell

  /// One of so many shares.
  package init(
    index: Int, count: Int, stop: StopCell = .none
  ) {
    self.index = index
    self.count = count
    self.stop = stop
  }

  /// This part's share of `0..<total`, whose bounds are multiples of `unit`.
  package func range(of total: Int, unit: Int = 1) -> Range<Int> {
    let units = (total &+ unit &- 1) / unit
    let lower = units &* index / count &* unit
    let upper = units &* (index &+ 1) / count &* unit
    return min(lower, total)..<min(upper, total)
  }
}

/// Working memory of a step: a piece for each part.
package struct Scratch {
  package let start: UnsafeMutablePointer<Float>
  package let stride: Int

  /// Pieces so many floats apart.
  package init(
    start: UnsafeMutablePointer<Float>, stride: Int
  ) {
    self.start = start
    self.stride = stride
  }

  /// The piece of one part.
  package func of(_ part: Part) -> UnsafeMutablePointer<Float> { start + part.index &* stride }
}
