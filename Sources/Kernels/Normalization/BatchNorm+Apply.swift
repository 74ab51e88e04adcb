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
      Affine<Rectified>(x: x, y: y, scale: s, shift: t).run(period, rows: rows)
    } else {
      Affine<Plain>(x: x, y: y, scale: s, shift: t).run(period, rows: rows)
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
      AffineResidual<Rectified>(x: x, residual: residual, y: y, scale: s, shift: t)
        .run(period, rows: rows)
    } else {
      AffineResidual<Plain>(x: x, residual: residual, y: y, scale: s, shift: t)
        .run(period, rows: rows)
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
      AffinePair<Rectified>(x: x, x2: x2, y: y, scale: s, shift: t, scale2: s2, shift2: t2)
        .run(period, rows: rows)
    } else {
      AffinePair<Plain>(x: x, x2: x2, y: y, scale: s, shift: t, scale2: s2, shift2: t2)
        .run(period, rows: rows)
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

private struct Affine<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let scale: UnsafePointer<Float>
  let shift: UnsafePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let value = shift.vector(lane).plus(access.load(x, i), scale.vector(lane))
    access.store(E.finish(value), y, i)
  }
}

private struct AffineResidual<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let residual: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let scale: UnsafePointer<Float>
  let shift: UnsafePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let value = shift.vector(lane).plus(access.load(x, i), scale.vector(lane))
    access.store(E.finish(value + access.load(residual, i)), y, i)
  }
}

private struct AffinePair<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let x2: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let scale: UnsafePointer<Float>
  let shift: UnsafePointer<Float>
  let scale2: UnsafePointer<Float>
  let shift2: UnsafePointer<Float>

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let one = shift.vector(lane).plus(access.load(x, i), scale.vector(lane))
    let two = shift2.vector(lane).plus(access.load(x2, i), scale2.vector(lane))
    access.store(E.finish(one + two), y, i)
  }
}
