/// Products with factors that hold for all positions of an image: squeeze-excite and gates.
///
/// Activations are `[images · positions, channels]`, factors `[images, channels]`. Images may be shared out
/// between threads; each is done in the same order whatever their number.
package enum Gating {
  /// Floats of scratch that each thread needs.
  package static func scratchCount(channels: Int) -> Int {
    ChannelPeriod(channels: channels).lanes
  }

  /// y = factor · x, or y += factor · x; y may be x.
  package static func multiply(
    _ x: UnsafePointer<Float>, factors: UnsafePointer<Float>, images: Int, positions: Int,
    channels: Int, into y: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    for image in 0..<images {
      period.expand(factors + image &* channels, into: scratch)
      let start = image &* positions &* channels
      period.scale(x + start, by: scratch, rows: positions, into: y + start, accumulate: accumulate)
    }
  }

  /// The sum of a · b over the positions: the gradient of factors.
  package static func productSums(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, images: Int, positions: Int,
    channels: Int, into target: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    for image in 0..<images {
      let start = image &* positions &* channels
      scratch.update(repeating: 0, count: period.lanes)
      ProductSums(a: a + start, b: b + start, sums: scratch).run(period, rows: positions)
      period.deliver(scratch, to: target + image &* channels, accumulate: accumulate)
    }
  }

  /// y = x + gate · (h − x), the mixture of a highway.
  package static func mix(
    _ h: UnsafePointer<Float>, _ x: UnsafePointer<Float>, gates: UnsafePointer<Float>,
    images: Int, positions: Int, channels: Int, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    for image in 0..<images {
      period.expand(gates + image &* channels, into: scratch)
      let start = image &* positions &* channels
      Mixed(h: h + start, x: x + start, gates: scratch, y: y + start).run(period, rows: positions)
    }
  }

  /// dx = (1 − gate) · dy, or dx += (1 − gate) · dy; dx may be dy.
  package static func carry(
    _ dy: UnsafePointer<Float>, gates: UnsafePointer<Float>, images: Int, positions: Int,
    channels: Int, into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    for image in 0..<images {
      period.expand(gates + image &* channels, into: scratch)
      for lane in 0..<period.lanes { scratch[lane] = 1 - scratch[lane] }
      let start = image &* positions &* channels
      period.scale(
        dy + start, by: scratch, rows: positions, into: dx + start, accumulate: accumulate)
    }
  }

  /// The sum of (h − x) · dy over the positions: the gradient of a highway's gates.
  package static func mixtureSums(
    _ h: UnsafePointer<Float>, _ x: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, images: Int,
    positions: Int, channels: Int, into target: UnsafeMutablePointer<Float>,
    accumulate: Bool = false, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    for image in 0..<images {
      let start = image &* positions &* channels
      scratch.update(repeating: 0, count: period.lanes)
      MixtureSums(h: h + start, x: x + start, dy: dy + start, sums: scratch)
        .run(period, rows: positions)
      period.deliver(scratch, to: target + image &* channels, accumulate: accumulate)
    }
  }
}

extension ChannelPeriod {
  /// y = factor · x, or y += factor · x, for some rows, with expanded factors.
  fileprivate func scale(
    _ x: UnsafePointer<Float>, by factors: UnsafePointer<Float>, rows: Int,
    into y: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    if accumulate {
      FactoredAdded(x: x, factors: factors, y: y).run(self, rows: rows)
    } else {
      Factored(x: x, factors: factors, y: y).run(self, rows: rows)
    }
  }

  /// Adds up the lanes of each channel and gives them to a target; `sums` are used up.
  func deliver(
    _ sums: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    fold(sums, into: sums)
    if accumulate {
      Elementwise.accumulate(sums, into: target, count: channels)
    } else {
      target.update(from: sums, count: channels)
    }
  }
}

private struct Factored: ChannelSweep {
  let x: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(access.load(x, i) * factors.vector(lane), y, i)
  }
}

private struct FactoredAdded: ChannelSweep {
  let x: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(access.load(y, i).plus(access.load(x, i), factors.vector(lane)), y, i)
  }
}

private struct ProductSums: ChannelSweep {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    sums.store(sums.vector(lane).plus(access.load(a, i), access.load(b, i)), lane)
  }
}

private struct Mixed: ChannelSweep {
  let h: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let gates: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let carried = access.load(x, i)
    access.store(carried.plus(gates.vector(lane), access.load(h, i) - carried), y, i)
  }
}

private struct MixtureSums: ChannelSweep {
  let h: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let difference = access.load(h, i) - access.load(x, i)
    sums.store(sums.vector(lane).plus(difference, access.load(dy, i)), lane)
  }
}
