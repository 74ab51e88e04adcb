extension BatchNorm {
  /// Writes `[mean, rest, Σ(x − mean − rest)²]`, each per channel, of a range of rows into `partial`.
  ///
  /// The mean is that of the first rows and `rest` what the mean of all is beyond it: means far from zero would
  /// else lose the digits in which values differ. Blocks that stay in cache are summed twice (mean, then
  /// deviations and their squares) and joined by Chan, Golub and LeVeque's update (1979), so memory is read once
  /// and nothing cancels.
  package static func statistics(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, span: Int = 1,
    into partial: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    if span > 1 {
      let examples = Spans(examples: rows / span, channels: channels, span: span)
      spanStatistics(x, examples, into: partial)
      return
    }
    let period = ChannelPeriod(channels: channels)
    let lanes = period.lanes
    let sums = LaneStatistics(mean: scratch, stride: lanes)
    scratch.update(repeating: 0, count: lanes &* 3)
    let whole = rows / period.rows
    var done = 0
    while done < whole {
      let count = min(period.block, whole &- done)
      let start = x + done &* lanes
      period.groups(
        four: { absorb(Four.self, start + $0, lanes, count, done, sums.from($0)) },
        two: { absorb(Two.self, start + $0, lanes, count, done, sums.from($0)) },
        one: { absorb(One.self, start + $0, lanes, count, done, sums.from($0)) })
      done &+= count
    }
    let restRows = rows &- whole &* period.rows
    absorbRest(x + whole &* lanes, restRows &* channels, whole, sums)
    foldStatistics(period, sums, whole: whole, restRows: restRows, into: partial)
  }

  /// Joins the statistics of `parts` ranges, each `3 · channels` floats, into the first of them.
  package static func mergeStatistics(
    _ partials: UnsafeMutablePointer<Float>, rows: UnsafePointer<Int>, parts: Int, channels: Int
  ) {
    let joined = LaneStatistics(mean: partials, stride: channels)
    var before = rows[0]
    for part in 1..<max(parts, 1) where rows[part] > 0 {
      let other = LaneStatistics(mean: partials + part &* channels &* 3, stride: channels)
      if before == 0 {
        partials.update(from: other.mean, count: channels &* 3)
        before = rows[part]
        continue
      }
      let all = before &+ rows[part]
      let share = Float(rows[part]) / Float(all)
      let weight = Float(before) * share
      for channel in 0..<channels {
        let distance = (other.mean[channel] - joined.mean[channel]) + other.rest[channel]
        let delta = distance - joined.rest[channel]
        joined.rest[channel] += delta * share
        joined.squares[channel] += other.squares[channel] + delta * delta * weight
      }
      before = all
    }
  }

  /// Adds `count` periods of one group of lanes to the statistics of `before` periods.
  @inline(__always) private static func absorb<C: Chunk>(
    _: C.Type, _ x: UnsafePointer<Float>, _ stride: Int, _ count: Int, _ before: Int,
    _ sums: LaneStatistics
  ) {
    let old = C.load(sums.rest)
    var base = C.load(sums.mean)
    var centre = base + old
    if before == 0 {
      let few = min(count, 4)
      centre = C.load(x)
      for period in 1..<few { centre = centre + C.load(x + period &* stride) }
      centre = centre * C.repeating(1 / Float(few))
      base = centre
      centre.store(sums.mean)
    }
    var sum = C.repeating(0)
    var squares = C.repeating(0)
    var p = x
    for _ in 0..<count {
      let d = C.load(p) - centre
      sum = sum + d
      squares = squares.plus(d, d)
      p += stride
    }
    let average = sum * C.repeating(1 / Float(count))
    let delta = ((centre - base) + average) - old
    let share = Float(count) / Float(before &+ count)
    old.plus(delta, C.repeating(share)).store(sums.rest)
    let inside = squares - sum * average
    let between = delta * C.repeating(Float(before) * share)
    (C.load(sums.squares) + inside).plus(delta, between).store(sums.squares)
  }

  /// Adds one more sample to each of the first `count` lanes (Welford, 1962).
  private static func absorbRest(
    _ x: UnsafePointer<Float>, _ count: Int, _ before: Int, _ sums: LaneStatistics
  ) {
    if before == 0 {
      sums.mean.update(from: x, count: count)
      return
    }
    let share = 1 / Float(before &+ 1)
    let weight = Float(before) * share
    var i = 0
    while i < count {
      let old = UnsafePointer(sums.rest).vector(i, end: count)
      let base = UnsafePointer(sums.mean).vector(i, end: count)
      let delta = (x.vector(i, end: count) - base) - old
      let spread = UnsafePointer(sums.squares).vector(i, end: count)
      sums.rest.store(old.plus(delta, share), i, end: count)
      sums.squares.store(spread.plus(delta * weight, delta), i, end: count)
      i &+= 16
    }
  }

  /// Joins the lanes of each channel; the lanes of the first `restRows` rows hold one sample more.
  private static func foldStatistics(
    _ period: ChannelPeriod, _ lanes: LaneStatistics, whole: Int, restRows: Int,
    into partial: UnsafeMutablePointer<Float>
  ) {
    let channels = period.channels
    let joined = LaneStatistics(mean: partial, stride: channels)
    joined.mean.update(from: lanes.mean, count: channels)
    if period.rows == 1 {
      joined.rest.update(from: lanes.rest, count: channels)
      joined.squares.update(from: lanes.squares, count: channels)
      return
    }
    joined.rest.update(repeating: 0, count: channels &* 2)
    let all = whole &* period.rows &+ restRows
    for row in 0..<period.rows {
      let samples = Float(row < restRows ? whole &+ 1 : whole)
      if samples == 0 { break }
      let source = lanes.from(row &* channels)
      for channel in 0..<channels {
        let distance = (source.mean[channel] - joined.mean[channel]) + source.rest[channel]
        joined.rest[channel] += distance * (samples / Float(all))
      }
    }
    for row in 0..<period.rows {
      let samples = Float(row < restRows ? whole &+ 1 : whole)
      if samples == 0 { break }
      let source = lanes.from(row &* channels)
      for channel in 0..<channels {
        let distance = (source.mean[channel] - joined.mean[channel]) + source.rest[channel]
        let delta = distance - joined.rest[channel]
        joined.squares[channel] += source.squares[channel] + delta * delta * samples
      }
    }
  }
}

/// Three rows of memory: a mean, what the mean of all is beyond it, and Σ of squared deviations from their sum.
private struct LaneStatistics {
  let mean: UnsafeMutablePointer<Float>
  let rest: UnsafeMutablePointer<Float>
  let squares: UnsafeMutablePointer<Float>

  @inline(__always) init(mean: UnsafeMutablePointer<Float>, stride: Int) {
    self.init(mean: mean, rest: mean + stride, squares: mean + stride &* 2)
  }

  @inline(__always) private init(
    mean: UnsafeMutablePointer<Float>, rest: UnsafeMutablePointer<Float>,
    squares: UnsafeMutablePointer<Float>
  ) {
    self.mean = mean
    self.rest = rest
    self.squares = squares
  }

  /// The same from a lane on.
  @inline(__always) func from(_ lane: Int) -> LaneStatistics {
    LaneStatistics(mean: mean + lane, rest: rest + lane, squares: squares + lane)
  }
}
