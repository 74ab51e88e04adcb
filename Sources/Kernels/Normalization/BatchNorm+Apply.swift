extension BatchNorm {
  /// y = x·scale + shift, then ReLU where asked, over a range of rows; y may be x.
  package static func apply(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    rows: Int, channels: Int, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let (s, t) = expand(period, scale, shift, scratch)
    if relu {
      period.sweep(rows) { i, lane, load, store in
        store(y, i, t.vector(lane).plus(load(x, i), s.vector(lane)).atLeast(0))
      }
    } else {
      period.sweep(rows) { i, lane, load, store in
        store(y, i, t.vector(lane).plus(load(x, i), s.vector(lane)))
      }
    }
  }

  /// y = x·scale + shift + residual, then ReLU where asked; y may be x or the residual.
  package static func applyAdding(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    residual: UnsafePointer<Float>, rows: Int, channels: Int, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let (s, t) = expand(period, scale, shift, scratch)
    if relu {
      period.sweep(rows) { i, lane, load, store in
        let sum = t.vector(lane).plus(load(x, i), s.vector(lane)) + load(residual, i)
        store(y, i, sum.atLeast(0))
      }
    } else {
      period.sweep(rows) { i, lane, load, store in
        store(y, i, t.vector(lane).plus(load(x, i), s.vector(lane)) + load(residual, i))
      }
    }
  }

  /// y = (x·scale + shift) + (x₂·scale₂ + shift₂), then ReLU where asked; y may be either input.
  package static func applyAddingNormalized(
    _ x: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>,
    second x2: UnsafePointer<Float>, scale2: UnsafePointer<Float>, shift2: UnsafePointer<Float>,
    rows: Int, channels: Int, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let (s, t) = expand(period, scale, shift, scratch)
    let (s2, t2) = expand(period, scale2, shift2, scratch + period.lanes &* 2)
    if relu {
      period.sweep(rows) { i, lane, load, store in
        let one = t.vector(lane).plus(load(x, i), s.vector(lane))
        let two = t2.vector(lane).plus(load(x2, i), s2.vector(lane))
        store(y, i, (one + two).atLeast(0))
      }
    } else {
      period.sweep(rows) { i, lane, load, store in
        let one = t.vector(lane).plus(load(x, i), s.vector(lane))
        let two = t2.vector(lane).plus(load(x2, i), s2.vector(lane))
        store(y, i, one + two)
      }
    }
  }

  /// Two per-channel arrays repeated over a period, in scratch.
  @inline(__always) private static func expand(
    _ period: ChannelPeriod, _ scale: UnsafePointer<Float>, _ shift: UnsafePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) -> (UnsafePointer<Float>, UnsafePointer<Float>) {
    period.expand(scale, into: scratch)
    period.expand(shift, into: scratch + period.lanes)
    return (UnsafePointer(scratch), UnsafePointer(scratch + period.lanes))
  }
}
