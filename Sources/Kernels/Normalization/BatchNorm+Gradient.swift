extension BatchNorm {
  /// Writes `[Σdy, Σdy·(x − mean)]` per channel over a range of rows into `partial`.
  ///
  /// Where `y` is given, the layer ended in a ReLU: dy counts only where y > 0.
  package static func gradientSums(
    _ x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, rows: Int, channels: Int, span: Int = 1,
    into partial: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    if span > 1 {
      let examples = Spans(examples: rows / span, channels: channels, span: span)
      spanGradientSums(x, y: y, dy: dy, mean: mean, examples, into: partial)
      return
    }
    let period = ChannelPeriod(channels: channels)
    let lanes = period.lanes
    period.expand(mean, into: scratch)
    let totals = scratch + lanes
    totals.update(repeating: 0, count: lanes &* 2)
    if let y {
      accumulate(Rectified.self, period, x, y, dy, scratch, rows, totals)
    } else {
      accumulate(Plain.self, period, x, dy, dy, scratch, rows, totals)
    }
    period.fold(totals, into: partial)
    period.fold(totals + lanes, into: partial + channels)
  }

  /// Adds `parts` arrays of `count` floats into the first of them, in order.
  package static func mergeSums(
    _ partials: UnsafeMutablePointer<Float>, parts: Int, count: Int
  ) {
    for part in 1..<max(parts, 1) {
      Elementwise.accumulate(partials + part &* count, into: partials, count: count)
    }
  }

  /// Turns merged sums into parameter gradients and the three coefficients of the input's gradient.
  ///
  /// `coefficients` is `3 · channels` floats with dx = a·dy + b·(x − mean) + c. `meanRest` is what the
  /// sums and that formula miss of the mean; it is nothing where absent. With `batchStatistics` false the
  /// statistics were constants and b = c = 0. Parameter gradients are added where `accumulate`.
  package static func finishGradients(
    _ sums: UnsafePointer<Float>, rows: Int, channels: Int,
    gamma: UnsafePointer<Float>?, meanRest: UnsafePointer<Float>?,
    inverseDeviation: UnsafePointer<Float>, batchStatistics: Bool = true,
    gammaGradient: UnsafeMutablePointer<Float>?, betaGradient: UnsafeMutablePointer<Float>?,
    accumulate: Bool = false, coefficients: UnsafeMutablePointer<Float>
  ) {
    let share = batchStatistics ? 1 / Float(rows) : 0
    for channel in 0..<channels {
      let inverse = inverseDeviation[channel]
      let a = inverse * (gamma?[channel] ?? 1)
      let rest = meanRest?[channel] ?? 0
      let product = sums[channels &+ channel] - rest * sums[channel]
      let b = -a * inverse * inverse * product * share
      coefficients[channel] = a
      coefficients[channels &+ channel] = b
      coefficients[channels &* 2 &+ channel] = -a * sums[channel] * share - b * rest
      if let gammaGradient {
        let old = accumulate ? gammaGradient[channel] : 0
        gammaGradient[channel] = old + product * inverse
      }
    }
    if let betaGradient {
      for channel in 0..<channels {
        betaGradient[channel] = (accumulate ? betaGradient[channel] : 0) + sums[channel]
      }
    }
  }

  /// Sums over a range of rows into two lanes of totals, in blocks held in registers.
  @inline(__always) private static func accumulate<E: Ending>(
    _: E.Type, _ period: ChannelPeriod, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, _ mean: UnsafePointer<Float>, _ rows: Int,
    _ totals: UnsafeMutablePointer<Float>
  ) {
    let lanes = period.lanes
    let whole = rows / period.rows
    var done = 0
    while done < whole {
      let count = min(period.block, whole &- done)
      let start = done &* lanes
      period.groups(
        four: {
          add(E.self, Four.self, x, y, dy, start &+ $0, mean + $0, totals + $0, lanes, count)
        },
        two: { add(E.self, Two.self, x, y, dy, start &+ $0, mean + $0, totals + $0, lanes, count) },
        one: { add(E.self, One.self, x, y, dy, start &+ $0, mean + $0, totals + $0, lanes, count) })
      done &+= count
    }
    let base = whole &* lanes
    let end = rows &* period.channels
    var lane = 0
    while base &+ lane < end {
      let i = base &+ lane
      let d = E.gate(One(v: dy.vector(i, end: end)), One(v: y.vector(i, end: end))).v
      let deviation = x.vector(i, end: end) - mean.vector(lane)
      totals.store(totals.vector(lane) + d, lane)
      totals.store(totals.vector(lanes &+ lane).plus(d, deviation), lanes &+ lane)
      lane &+= 16
    }
  }

  @inline(__always) private static func add<E: Ending, C: Chunk>(
    _: E.Type, _: C.Type, _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>,
    _ dy: UnsafePointer<Float>, _ start: Int, _ mean: UnsafePointer<Float>,
    _ totals: UnsafeMutablePointer<Float>, _ stride: Int, _ count: Int
  ) {
    let average = C.load(mean)
    var sum = C.repeating(0)
    var products = C.repeating(0)
    var i = start
    for _ in 0..<count {
      let d = E.gate(C.load(dy + i), C.load(y + i))
      sum = sum + d
      products = products.plus(d, C.load(x + i) - average)
      i &+= stride
    }
    (C.load(totals) + sum).store(totals)
    (C.load(totals + stride) + products).store(totals + stride)
  }
}
