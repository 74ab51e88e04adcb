extension BatchNorm {
  /// Writes `[mean, Σ(x − mean)²]`, each per channel, of a range of rows into `partial`.
  ///
  /// Blocks that stay in cache are summed twice (mean, then squares of deviations) and joined by
  /// Chan, Golub and LeVeque's update (1979), so memory is read once and nothing cancels.
  package static func statistics(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int,
    into partial: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let lanes = period.lanes
    let mean = scratch
    let squares = scratch + lanes
    scratch.update(repeating: 0, count: lanes &* 2)
    let whole = rows / period.rows
    var done = 0
    while done < whole {
      let count = min(period.block, whole &- done)
      let start = x + done &* lanes
      period.groups(
        four: {
          absorb(Four.self, start + $0, lanes, count, done, mean + $0, squares + $0)
        },
        two: { absorb(Two.self, start + $0, lanes, count, done, mean + $0, squares + $0) },
        one: { absorb(One.self, start + $0, lanes, count, done, mean + $0, squares + $0) })
      done &+= count
    }
    let restRows = rows &- whole &* period.rows
    absorbRest(x + whole &* lanes, restRows &* channels, whole, mean, squares)
    foldStatistics(period, mean, squares, whole: whole, restRows: restRows, into: partial)
  }

  /// Joins the statistics of `parts` ranges, each `2 · channels` floats, into the first of them.
  package static func mergeStatistics(
    _ partials: UnsafeMutablePointer<Float>, rows: UnsafePointer<Int>, parts: Int, channels: Int
  ) {
    var before = rows[0]
    for part in 1..<max(parts, 1) where rows[part] > 0 {
      let other = partials + part &* channels &* 2
      let all = before &+ rows[part]
      let share = Float(rows[part]) / Float(all)
      let weight = Float(before) * share
      for channel in 0..<channels {
        let delta = other[channel] - partials[channel]
        partials[channel] += delta * share
        partials[channels &+ channel] += other[channels &+ channel] + delta * delta * weight
      }
      before = all
    }
  }

  /// Adds `count` periods of one group of lanes to the statistics of `before` periods.
  @inline(__always) private static func absorb<C: Chunk>(
    _: C.Type, _ x: UnsafePointer<Float>, _ stride: Int, _ count: Int, _ before: Int,
    _ mean: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>
  ) {
    var sum = C.repeating(0)
    var p = x
    for _ in 0..<count {
      sum = sum + C.load(p)
      p += stride
    }
    let average = sum * C.repeating(1 / Float(count))
    var deviations = C.repeating(0)
    p = x
    for _ in 0..<count {
      let d = C.load(p) - average
      deviations = deviations.plus(d, d)
      p += stride
    }
    let old = C.load(mean)
    let delta = average - old
    let share = Float(count) / Float(before &+ count)
    old.plus(delta, C.repeating(share)).store(mean)
    let between = delta * C.repeating(Float(before) * share)
    (C.load(squares) + deviations).plus(delta, between).store(squares)
  }

  /// Adds one more sample to each of the first `count` lanes (Welford, 1962).
  private static func absorbRest(
    _ x: UnsafePointer<Float>, _ count: Int, _ before: Int,
    _ mean: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>
  ) {
    let share = 1 / Float(before &+ 1)
    let weight = Float(before) * share
    var i = 0
    while i < count {
      let old = UnsafePointer(mean).vector(i, end: count)
      let delta = x.vector(i, end: count) - old
      let spread = UnsafePointer(squares).vector(i, end: count)
      mean.store(old.plus(delta, share), i, end: count)
      squares.store(spread.plus(delta * weight, delta), i, end: count)
      i &+= 16
    }
  }

  /// Joins the lanes of each channel; the lanes of the first `restRows` rows hold one sample more.
  private static func foldStatistics(
    _ period: ChannelPeriod, _ mean: UnsafePointer<Float>, _ squares: UnsafePointer<Float>,
    whole: Int, restRows: Int, into partial: UnsafeMutablePointer<Float>
  ) {
    let channels = period.channels
    let deviations = partial + channels
    if period.rows == 1 {
      partial.update(from: mean, count: channels)
      deviations.update(from: squares, count: channels)
      return
    }
    partial.update(repeating: 0, count: channels &* 2)
    let all = whole &* period.rows &+ restRows
    if all == 0 { return }
    for row in 0..<period.rows {
      let weight = Float(row < restRows ? whole &+ 1 : whole) / Float(all)
      let source = mean + row &* channels
      for channel in 0..<channels { partial[channel] += source[channel] * weight }
    }
    for row in 0..<period.rows {
      let samples = Float(row < restRows ? whole &+ 1 : whole)
      let source = mean + row &* channels
      let spread = squares + row &* channels
      for channel in 0..<channels {
        let delta = source[channel] - partial[channel]
        deviations[channel] += spread[channel] + delta * delta * samples
      }
    }
  }
}
