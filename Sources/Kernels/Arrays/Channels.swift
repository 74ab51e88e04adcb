/// Per-channel arithmetic and moves over activations `[rows, channels]`.
package enum Channels {
  /// Floats of scratch that each thread needs for `addBias` and `sums`.
  package static func scratchCount(channels: Int) -> Int {
    ChannelPeriod(channels: channels).lanes
  }

  /// y = x + bias, then ReLU where asked; y may be x.
  package static func addBias(
    _ x: UnsafePointer<Float>, bias: UnsafePointer<Float>, rows: Int, channels: Int,
    relu: Bool = false, into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    period.expand(bias, into: scratch)
    if relu {
      Biased<Rectified>(x: x, bias: scratch, y: y).run(period, rows: rows)
    } else {
      Biased<Plain>(x: x, bias: scratch, y: y).run(period, rows: rows)
    }
  }

  /// The sum of each channel over a range of rows: the gradient of a bias.
  ///
  /// Parts summed by threads are joined by `BatchNorm.mergeSums`.
  package static func sums(
    _ x: UnsafePointer<Float>, rows: Int, channels: Int, accumulate: Bool = false,
    into target: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let lanes = period.lanes
    scratch.update(repeating: 0, count: lanes)
    let whole = rows / period.rows
    var done = 0
    while done < whole {
      let count = min(period.block, whole &- done)
      let start = x + done &* lanes
      period.groups(
        four: { add(Four.self, start + $0, lanes, count, scratch + $0) },
        two: { add(Two.self, start + $0, lanes, count, scratch + $0) },
        one: { add(One.self, start + $0, lanes, count, scratch + $0) })
      done &+= count
    }
    let rest = (rows &- whole &* period.rows) &* channels
    Elementwise.accumulate(x + whole &* lanes, into: scratch, count: rest)
    if !accumulate { target.update(repeating: 0, count: channels) }
    for row in 0..<period.rows {
      let source = scratch + row &* channels
      for channel in 0..<channels { target[channel] += source[channel] }
    }
  }

  @inline(__always) private static func add<C: Chunk>(
    _: C.Type, _ x: UnsafePointer<Float>, _ stride: Int, _ count: Int,
    _ total: UnsafeMutablePointer<Float>
  ) {
    var sum = C.repeating(0)
    var p = x
    for _ in 0..<count {
      sum = sum + C.load(p)
      p += stride
    }
    (C.load(total) + sum).store(total)
  }

  /// Copies `channels` of every row between arrays whose rows are `xStride` and `yStride` floats.
  ///
  /// The pointers begin at the first channel to move: concatenation writes into a wider row, the
  /// split of its gradient reads from one. With `accumulate` the target is added to.
  package static func copy(
    _ x: UnsafePointer<Float>, xStride: Int, into y: UnsafeMutablePointer<Float>, yStride: Int,
    rows: Int, channels: Int, accumulate: Bool = false
  ) {
    var source = x
    var target = y
    for _ in 0..<rows {
      if accumulate {
        Elementwise.accumulate(source, into: target, count: channels)
      } else {
        target.update(from: source, count: channels)
      }
      source += xStride
      target += yStride
    }
  }
}

private struct Biased<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let bias: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(E.finish(access.load(x, i) + bias.vector(lane)), y, i)
  }
}
