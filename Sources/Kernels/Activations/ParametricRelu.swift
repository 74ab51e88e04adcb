/// x where positive, else slope · x, with slopes that are learned.
///
/// After He et al. 2015. Arrays are `[rows, channels]`, with a slope for each channel; one slope for all counts
/// as one channel.
package enum ParametricRelu {
  /// Floats of scratch that each thread needs.
  package static func scratchCount(channels: Int) -> Int {
    ChannelPeriod(channels: channels).lanes
  }

  /// y of x; y may be x.
  package static func forward(
    _ x: UnsafePointer<Float>, slopes: UnsafePointer<Float>, rows: Int, channels: Int,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    period.expand(slopes, into: scratch)
    Bent(x: x, slopes: scratch, y: y).run(period, rows: rows)
  }

  /// dx, or what is added to it; dx may be dy.
  package static func backward(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, slopes: UnsafePointer<Float>, rows: Int,
    channels: Int, into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    period.expand(slopes, into: scratch)
    BentGradient(x: x, dy: dy, slopes: scratch, dx: dx, accumulate: accumulate)
      .run(period, rows: rows)
  }

  /// Sums of x · dy over the rows where x is negative, `[channels]`: the gradient of the slopes.
  package static func slopeSums(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, rows: Int, channels: Int,
    into target: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    scratch.update(repeating: 0, count: period.lanes)
    SlopeSums(x: x, dy: dy, sums: scratch).run(period, rows: rows)
    period.deliver(scratch, to: target, accumulate: false)
  }
}

private struct Bent: ChannelSweep {
  let x: UnsafePointer<Float>
  let slopes: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let x = access.load(x, i)
    access.store(x.replacing(with: x * slopes.vector(lane), where: x .< 0), y, i)
  }
}

private struct BentGradient: ChannelSweep {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let slopes: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let accumulate: Bool

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let dy = access.load(dy, i)
    let bent = (dy * slopes.vector(lane)).replacing(with: dy, where: access.load(x, i) .> 0)
    access.store(accumulate ? access.load(dx, i) + bent : bent, dx, i)
  }
}

private struct SlopeSums: ChannelSweep {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let sums: UnsafeMutablePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let x = access.load(x, i)
    let negative = Vector.zero.replacing(with: x, where: x .< 0)
    sums.store(sums.vector(lane).plus(negative, access.load(dy, i)), lane)
  }
}
