/// Mixes each row with the one as far from the end as it is from the start; both keep a share of themselves.
package struct MixRowsWork {
  let values: UnsafeMutablePointer<Float>
  let rows: Int

  /// Floats of a row.
  let size: Int
  let share: Float

  /// Rows one behind the other, which are changed in place.
  package init(values: UnsafeMutablePointer<Float>, rows: Int, size: Int, share: Float) {
    self.values = values
    self.rows = rows
    self.size = size
    self.share = share
  }

  func run() {
    for row in 0..<rows / 2 {
      Mixing.mix(
        values + row &* size, values + (rows &- 1 &- row) &* size, share: share, count: size)
    }
  }
}

/// Has a moving average follow values, or exchanges both.
package struct AverageWork {
  /// What is done.
  package enum Pass {
    /// average += share · (x − average).
    case follow(share: Float)
    case exchange
  }

  let pass: Pass
  let average: UnsafeMutablePointer<Float>
  let x: UnsafeMutablePointer<Float>
  let count: Int

  /// So many values and their average.
  package init(
    pass: Pass, average: UnsafeMutablePointer<Float>, x: UnsafeMutablePointer<Float>, count: Int
  ) {
    self.pass = pass
    self.average = average
    self.x = x
    self.count = count
  }

  func run() {
    switch pass {
    case .follow(let share): Mixing.follow(average, x, share: share, count: count)
    case .exchange: Mixing.swap(average, x, count: count)
    }
  }
}
