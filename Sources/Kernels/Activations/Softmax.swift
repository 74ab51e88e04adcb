/// Softmax over the channels of each row of `[rows, channels]`.
package enum Softmax {
  /// y = exp(x − max) / Σ exp(x − max); y may be x.
  package static func forward(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let source = x + row &* channels
      let target = y + row &* channels
      if channels < 16 {
        let (e, sum, _) = narrow(source, channels)
        target.store(e * (1 / sum), 0, count: channels)
      } else {
        let greatest = greatest(source, channels)
        let sum = exponentials(source, less: greatest, channels, into: target)
        Elementwise.scale(target, by: 1 / sum, into: target, count: channels)
      }
    }
  }

  /// dx = y · (dy − Σ dy·y), or dx += where `accumulate`; dx may be dy.
  package static func backward(
    y: UnsafePointer<Float>, dy: UnsafePointer<Float>, rows: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false
  ) {
    for row in 0..<rows {
      let offset = row &* channels
      var sums = Vector.zero
      var i = 0
      while i < channels {
        let share = (y + offset).vector(i, end: channels)
        sums = sums.plus(share, (dy + offset).vector(i, end: channels))
        i &+= 16
      }
      CentredProduct(mean: sums.total, accumulate: accumulate)
        .map(y + offset, dy + offset, dx + offset, into: dx + offset, count: channels)
    }
  }

  /// exp(x − max) of fewer than sixteen floats, zero in the other lanes, with the sum and the max.
  @inline(__always) static func narrow(
    _ x: UnsafePointer<Float>, _ count: Int
  ) -> (exponentials: Vector, sum: Float, greatest: Float) {
    let value = x.vector(0, count: count, filler: -.infinity)
    let greatest = value.greatest
    let e = Vector.zero.replacing(
      with: (value - greatest).exponential(), where: Vector.lanes(before: count))
    return (e, e.total, greatest)
  }

  /// The greatest of at least sixteen floats.
  @inline(__always) static func greatest(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    var best = x.vector(count &- 16)
    var i = 0
    while i &+ 16 <= count {
      best = best.atLeast(x.vector(i))
      i &+= 16
    }
    return best.greatest
  }

  /// Writes exp(x − offset) where there is a target, which may be x, and returns the sum.
  @inline(__always) static func exponentials(
    _ x: UnsafePointer<Float>, less offset: Float, _ count: Int,
    into y: UnsafeMutablePointer<Float>?
  ) -> Float {
    var sums = Vector.zero
    var i = 0
    if let y {
      while i &+ 16 <= count {
        let e = (x.vector(i) - offset).exponential()
        sums += e
        y.store(e, i)
        i &+= 16
      }
    } else {
      while i &+ 16 <= count {
        sums += (x.vector(i) - offset).exponential()
        i &+= 16
      }
    }
    let rest = count &- i
    if rest > 0 {
      let e = (x.vector(i, count: rest) - offset).exponential()
      sums += Vector.zero.replacing(with: e, where: Vector.lanes(before: rest))
      y?.store(e, i, count: rest)
    }
    return sums.total
  }
}
