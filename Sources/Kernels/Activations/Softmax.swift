/// Softmax over the channels of each row of `[rows, channels]`.
package enum Softmax {
  /// y = exp(x − max) / Σ exp(x − max); y may be x.
  package static func forward(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, into y: UnsafeMutablePointer<Float>
  ) {
    for row in 0..<rows {
      let source = x + row &* channels
      let target = y + row &* channels
      let sum = exponentials(source, less: greatest(source, channels), channels, into: target)
      Elementwise.scale(target, by: 1 / sum, into: target, count: channels)
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
      let mean = sums.total
      Gradient.combine(y + offset, dy + offset, dx + offset, channels, accumulate) {
        $0 * ($1 - mean)
      }
    }
  }

  /// The greatest of `count` > 0 floats.
  @inline(__always) static func greatest(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    if count < 16 { return x.vector(0, count: count, filler: -.infinity).greatest }
    var best = x.vector(0)
    var i = 16
    while i &+ 16 <= count {
      best = best.atLeast(x.vector(i))
      i &+= 16
    }
    return best.atLeast(x.vector(count &- 16)).greatest
  }

  /// Writes exp(x − offset) and returns the sum; the target may be x.
  @inline(__always) static func exponentials(
    _ x: UnsafePointer<Float>, less offset: Float, _ count: Int,
    into y: UnsafeMutablePointer<Float>
  ) -> Float {
    var sums = Vector.zero
    var i = 0
    while i &+ 16 <= count {
      let e = (x.vector(i) - offset).exponential()
      sums += e
      y.store(e, i)
      i &+= 16
    }
    let rest = count &- i
    if rest > 0 {
      let e = (x.vector(i, count: rest, filler: -.infinity) - offset).exponential()
      sums += e.replacing(with: 0, where: .!Vector.lanes(before: rest))
      y.store(e, i, count: rest)
    }
    return sums.total
  }
}
