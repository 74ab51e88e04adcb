extension BatchNorm {
  /// Where the gradient of a residual operand goes: it is dy itself, masked by the ReLU after the sum.
  package enum ResidualGradient {
    case none
    case write(UnsafeMutablePointer<Float>)
    case add(UnsafeMutablePointer<Float>)
  }

  /// dx = a·dy + b·(x − mean) + c over a range of rows, with the coefficients of `finishGradients`.
  ///
  /// Where `y` is given dy counts only where y > 0. dx is added to where `accumulate`; dx and a
  /// written residual gradient may be the memory of dy, but not both.
  package static func applyGradient(
    _ x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    mean: UnsafePointer<Float>, coefficients: UnsafePointer<Float>, rows: Int, channels: Int,
    span: Int = 1, into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    residual: ResidualGradient = .none, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels, span: span)
    expand(period, coefficients, mean, scratch)
    let work = GradientWork(period: period, rows: rows, x: x, y: y ?? dy, dy: dy, lanes: scratch)
    switch (y == nil, accumulate) {
    case (false, false): work.run(Rectified.self, Written(target: dx), residual)
    case (false, true): work.run(Rectified.self, Added(target: dx), residual)
    case (true, false): work.run(Plain.self, Written(target: dx), residual)
    case (true, true): work.run(Plain.self, Added(target: dx), residual)
    }
  }

  /// Both input gradients of y = bn(x) + bn(x₂), in one pass over dy.
  ///
  /// Where `y` is given dy counts only where y > 0. Either gradient may be the memory of dy.
  package static func applyGradientPair(
    _ x: UnsafePointer<Float>, second x2: UnsafePointer<Float>, y: UnsafePointer<Float>?,
    dy: UnsafePointer<Float>, mean: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
    mean2: UnsafePointer<Float>, coefficients2: UnsafePointer<Float>, rows: Int, channels: Int,
    span: Int = 1, into dx: UnsafeMutablePointer<Float>, second dx2: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels, span: span)
    expand(period, coefficients, mean, scratch)
    expand(period, coefficients2, mean2, scratch + period.lanes &* 4)
    if let y {
      PairGradient<Rectified>(
        x: x, x2: x2, y: y, dy: dy, dx: dx, dx2: dx2, lanes: scratch, stride: period.lanes
      ).run(period, rows: rows)
    } else {
      PairGradient<Plain>(
        x: x, x2: x2, y: dy, dy: dy, dx: dx, dx2: dx2, lanes: scratch, stride: period.lanes
      ).run(period, rows: rows)
    }
  }

  private static func expand(
    _ period: ChannelPeriod, _ coefficients: UnsafePointer<Float>, _ mean: UnsafePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    for k in 0..<3 {
      period.expand(coefficients + k &* period.channels, into: scratch + k &* period.lanes)
    }
    period.expand(mean, into: scratch + period.lanes &* 3)
  }
}

/// a·dy + (b·(x − mean) + c) with a, b, c and the mean a period apart.
@_transparent private func inputGradient(
  _ dy: Vector, _ x: Vector, _ lane: UnsafePointer<Float>, _ stride: Int
) -> Vector {
  let deviation = x - lane.vector(stride &* 3)
  return lane.vector(stride &* 2).plus(lane.vector(stride), deviation).plus(lane.vector(0), dy)
}

/// What a sweep does with a gradient.
private protocol Destination {
  func take<A: Access>(_ lanes: Vector, _ index: Int, _ access: A)
}

private struct Dropped: Destination {
  @_transparent func take<A: Access>(_ lanes: Vector, _ index: Int, _ access: A) {}
}

private struct Written: Destination {
  let target: UnsafeMutablePointer<Float>
  @_transparent func take<A: Access>(_ lanes: Vector, _ index: Int, _ access: A) {
    access.store(lanes, target, index)
  }
}

private struct Added: Destination {
  let target: UnsafeMutablePointer<Float>
  @_transparent func take<A: Access>(_ lanes: Vector, _ index: Int, _ access: A) {
    access.store(access.load(target, index) + lanes, target, index)
  }
}

/// The operands of one input gradient; each combination of options gets a loop of its own.
private struct GradientWork {
  let period: ChannelPeriod
  let rows: Int
  let x: UnsafePointer<Float>
  let y: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let lanes: UnsafePointer<Float>

  func run<E: Ending, D: Destination>(
    _: E.Type, _ dx: D, _ residual: BatchNorm.ResidualGradient
  ) {
    switch residual {
    case .none: run(E.self, dx, Dropped())
    case .write(let target): run(E.self, dx, Written(target: target))
    case .add(let target): run(E.self, dx, Added(target: target))
    }
  }

  private func run<E: Ending, D: Destination, R: Destination>(_: E.Type, _ dx: D, _ residual: R) {
    SingleGradient<E, D, R>(
      x: x, y: y, dy: dy, dx: dx, residual: residual, lanes: lanes, stride: period.lanes
    ).run(period, rows: rows)
  }
}

private struct SingleGradient<E: Ending, D: Destination, R: Destination>: ChannelSweep {
  let x: UnsafePointer<Float>
  let y: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: D
  let residual: R
  let lanes: UnsafePointer<Float>
  let stride: Int

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let d = E.gate(One(v: access.load(dy, i)), One(v: access.load(y, i))).v
    let slope = inputGradient(d, access.load(x, i), lanes + lane, stride)
    residual.take(d, i, access)
    dx.take(slope, i, access)
  }
}

private struct PairGradient<E: Ending>: ChannelSweep {
  let x: UnsafePointer<Float>
  let x2: UnsafePointer<Float>
  let y: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let dx2: UnsafeMutablePointer<Float>
  let lanes: UnsafePointer<Float>
  let stride: Int

  @_transparent func step<A: Access>(_ i: Int, _ lane: Int, _ access: A) {
    let d = E.gate(One(v: access.load(dy, i)), One(v: access.load(y, i))).v
    let first = inputGradient(d, access.load(x, i), lanes + lane, stride)
    let second = inputGradient(
      d, access.load(x2, i), lanes + stride &* 4 + lane, stride)
    access.store(first, dx, i)
    access.store(second, dx2, i)
  }
}
