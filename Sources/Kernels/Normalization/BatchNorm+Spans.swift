/// What reads the values of each channel where channels come first.
extension BatchNorm {
  /// The extents of `[examples, channels, span]`.
  struct Spans {
    let examples: Int
    let channels: Int

    /// Positions of a channel, whole vectors.
    let span: Int
  }

  /// What `statistics` writes.
  ///
  /// Each channel's values are summed as distances from the mean of the first sixteen, some at a time, which are joined
  /// by Chan, Golub and LeVeque's update (1979).
  static func spanStatistics(
    _ x: UnsafePointer<Float>, _ spans: Spans, into partial: UnsafeMutablePointer<Float>
  ) {
    partial.update(repeating: 0, count: spans.channels &* 3)
    if spans.examples == 0 { return }
    for channel in 0..<spans.channels {
      let own = x + channel &* spans.span
      let statistics =
        spans.span.isMultiple(of: 32)
        ? statistics(Two.self, own, spans) : statistics(One.self, own, spans)
      partial[channel] = statistics.mean
      partial[spans.channels &+ channel] = statistics.rest
      partial[spans.channels &* 2 &+ channel] = statistics.squares
    }
  }

  /// Values of a channel that are summed by themselves, so that the sum of no lane is long.
  private static let values = 1 << 12

  private static func statistics<C: Chunk>(_: C.Type, _ x: UnsafePointer<Float>, _ spans: Spans)
    -> (mean: Float, rest: Float, squares: Float)
  {
    let mean = x.vector(0).total * (1 / 16)
    var (rest, squares) = (Float(0), Float(0))
    let most = max(1, values / spans.span)
    var done = 0
    while done < spans.examples {
      let count = min(most, spans.examples &- done)
      let centre = mean + rest
      let sums = distances(C.self, x + done &* spans.channels &* spans.span, count, spans, centre)
      let number = Float(count &* spans.span)
      let average = sums.sum / number
      let delta = ((centre - mean) + average) - rest
      let share = Float(count) / Float(done &+ count)
      rest += delta * share
      squares +=
        (sums.squares - sums.sum * average)
        + delta * delta * (Float(done &* spans.span) * share)
      done &+= count
    }
    return (mean, rest, squares)
  }

  /// The sums of distances from a centre and of their squares, for one channel of some examples.
  @inline(__always) private static func distances<C: Chunk>(
    _: C.Type, _ x: UnsafePointer<Float>, _ examples: Int, _ spans: Spans, _ centre: Float
  ) -> (sum: Float, squares: Float) {
    let middle = C.repeating(centre)
    var (sum, squares) = (C.repeating(0), C.repeating(0))
    var row = x
    for _ in 0..<examples {
      var position = 0
      while position < spans.span {
        let distance = C.load(row + position) - middle
        sum = sum + distance
        squares = squares.plus(distance, distance)
        position &+= C.lanes
      }
      row += spans.channels &* spans.span
    }
    return (sum.total, squares.total)
  }

  /// What `gradientSums` writes.
  static func spanGradientSums(
    _ x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, _ spans: Spans, into partial: UnsafeMutablePointer<Float>
  ) {
    let isWide = spans.span.isMultiple(of: 32)
    switch (y, isWide) {
    case (let y?, true): gradientSums(Rectified.self, Two.self, x, y, dy, mean, spans, partial)
    case (let y?, false): gradientSums(Rectified.self, One.self, x, y, dy, mean, spans, partial)
    case (nil, true): gradientSums(Plain.self, Two.self, x, dy, dy, mean, spans, partial)
    case (nil, false): gradientSums(Plain.self, One.self, x, dy, dy, mean, spans, partial)
    }
  }

  private static func gradientSums<E: Ending, C: Chunk>(
    _: E.Type, _: C.Type, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, _ mean: UnsafePointer<Float>, _ spans: Spans,
    _ partial: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<spans.channels {
      let middle = C.repeating(mean[channel])
      var (sum, products) = (C.repeating(0), C.repeating(0))
      var row = channel &* spans.span
      for _ in 0..<spans.examples {
        let end = row &+ spans.span
        var place = row
        while place < end {
          let d = E.gate(C.load(dy + place), C.load(y + place))
          sum = sum + d
          products = products.plus(d, C.load(x + place) - middle)
          place &+= C.lanes
        }
        row &+= spans.channels &* spans.span
      }
      partial[channel] = sum.total
      partial[spans.channels &+ channel] = products.total
    }
  }
}
