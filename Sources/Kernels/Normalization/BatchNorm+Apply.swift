extension BatchNorm {
  /// y = (x − mean)·scale + shift, then ReLU where asked, over a range of rows; y may be x.
  package static func apply(
    _ x: UnsafePointer<Float>, by factors: Factors,
    rows: Int, channels: Int, span: Int = 1, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels, span: span)
    let own = expand(period, factors, scratch)
    if relu {
      Affine<Rectified>(x: x, y: y, by: own).run(period, rows: rows)
    } else {
      Affine<Plain>(x: x, y: y, by: own).run(period, rows: rows)
    }
  }

  /// y = (x − mean)·scale + shift + residual, then ReLU where asked; y may be x or the residual.
  package static func applyAdding(
    _ x: UnsafePointer<Float>, by factors: Factors,
    residual: UnsafePointer<Float>, rows: Int, channels: Int, span: Int = 1, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels, span: span)
    let own = expand(period, factors, scratch)
    if relu {
      AffineResidual<Rectified>(x: x, residual: residual, y: y, by: own)
        .run(period, rows: rows)
    } else {
      AffineResidual<Plain>(x: x, residual: residual, y: y, by: own)
        .run(period, rows: rows)
    }
  }

  /// The sum of two inputs normalized so, then ReLU where asked; y may be either input.
  package static func applyAddingNormalized(
    _ x: UnsafePointer<Float>, by factors: Factors,
    second x2: UnsafePointer<Float>, by factors2: Factors,
    rows: Int, channels: Int, span: Int = 1, relu: Bool,
    into y: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels, span: span)
    let own = expand(period, factors, scratch)
    let own2 = expand(period, factors2, scratch + period.lanes &* 3)
    if relu {
      AffinePair<Rectified>(x: x, x2: x2, y: y, by: own, by2: own2)
        .run(period, rows: rows)
    } else {
      AffinePair<Plain>(x: x, x2: x2, y: y, by: own, by2: own2)
        .run(period, rows: rows)
    }
  }

  /// Per-channel factors repeated over a period, in scratch.
  @inline(__always) private static func expand(
    _ period: ChannelPeriod, _ factors: Factors, _ scratch: UnsafeMutablePointer<Float>
  ) -> Factors {
    period.expand(factors.mean, into: scratch)
    period.expand(factors.scale, into: scratch + period.lanes)
    period.expand(factors.shift, into: scratch + period.lanes &* 2)
    return Factors(
      mean: scratch, scale: scratch + period.lanes, shift: scratch + period.lanes &* 2)
  }

  /// What normalizes, one value per channel each: y = (x − mean)·scale + shift.
  ///
  /// The mean is taken off first: x·scale and a shift of −mean·scale would cancel where it is large.
  package struct Factors {
    let mean: UnsafePointer<Float>
    let scale: UnsafePointer<Float>
    let shift: UnsafePointer<Float>

    /// Joins what a normalization multiplies by and adds.
    package init(
      mean: UnsafePointer<Float>, scale: UnsafePointer<Float>, shift: UnsafePointer<Float>
    ) {
      self.mean = mean
      self.scale = scale
      self.shift = shift
    }

    @_transparent fileprivate func normalized(_ x: Vector, _ lane: Int) -> Vector {
      shift.vector(lane).plus(x - mean.vector(lane), scale.vector(lane))
    }
  }
}

private struct Affine<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let by: BatchNorm.Factors

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    access.store(E.finish(by.normalized(access.load(x, i), lane)), y, i)
  }
}

private struct AffineResidual<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let residual: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let by: BatchNorm.Factors

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let value = by.normalized(access.load(x, i), lane)
    access.store(E.finish(value + access.load(residual, i)), y, i)
  }
}

private struct AffinePair<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let x2: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let by: BatchNorm.Factors
  let by2: BatchNorm.Factors

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let one = by.normalized(access.load(x, i), lane)
    let two = by2.normalized(access.load(x2, i), lane)
    access.store(E.finish(one + two), y, i)
  }
}
