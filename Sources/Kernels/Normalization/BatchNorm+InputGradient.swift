extension BatchNorm {
  /// Where the gradient of a residual operand goes: it is dy itself, masked by the ReLU after the sum.
  package enum ResidualGradient {
    case none
    case write(UnsafeMutablePointer<Float>)
    case add(UnsafeMutablePointer<Float>)
  }

  /// dx = a·dy + b·x + c over a range of rows, with the coefficients of `finishGradients`.
  ///
  /// Where `y` is given dy counts only where y > 0. dx is added to where `accumulate`; dx and a
  /// written residual gradient may be the memory of dy, but not both.
  package static func applyGradient(
    _ x: UnsafePointer<Float>, y: UnsafePointer<Float>?, dy: UnsafePointer<Float>,
    coefficients: UnsafePointer<Float>, rows: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, accumulate: Bool = false,
    residual: ResidualGradient = .none, scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    expand(period, coefficients, scratch)
    let work = InputGradient(period: period, rows: rows, x: x, dy: dy, dx: dx, lanes: scratch)
    switch (y, accumulate, residual) {
    case (let y?, false, .none): work.run(y, nil, masked: true, false, adding: false)
    case (let y?, false, .write(let r)): work.run(y, r, masked: true, false, adding: false)
    case (let y?, false, .add(let r)): work.run(y, r, masked: true, false, adding: true)
    case (let y?, true, .none): work.run(y, nil, masked: true, true, adding: false)
    case (let y?, true, .write(let r)): work.run(y, r, masked: true, true, adding: false)
    case (let y?, true, .add(let r)): work.run(y, r, masked: true, true, adding: true)
    case (nil, false, .none): work.run(dy, nil, masked: false, false, adding: false)
    case (nil, false, .write(let r)): work.run(dy, r, masked: false, false, adding: false)
    case (nil, false, .add(let r)): work.run(dy, r, masked: false, false, adding: true)
    case (nil, true, .none): work.run(dy, nil, masked: false, true, adding: false)
    case (nil, true, .write(let r)): work.run(dy, r, masked: false, true, adding: false)
    case (nil, true, .add(let r)): work.run(dy, r, masked: false, true, adding: true)
    }
  }

  /// Both input gradients of y = bn(x) + bn(x₂), in one pass over dy.
  ///
  /// Where `y` is given dy counts only where y > 0. Either gradient may be the memory of dy.
  package static func applyGradientPair(
    _ x: UnsafePointer<Float>, second x2: UnsafePointer<Float>, y: UnsafePointer<Float>?,
    dy: UnsafePointer<Float>, coefficients: UnsafePointer<Float>,
    coefficients2: UnsafePointer<Float>, rows: Int, channels: Int,
    into dx: UnsafeMutablePointer<Float>, second dx2: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let period = ChannelPeriod(channels: channels)
    let one = scratch
    let two = scratch + period.lanes &* 3
    expand(period, coefficients, one)
    expand(period, coefficients2, two)
    if let y {
      period.sweep(rows) { i, lane, load, store in
        let d = Vector.zero.replacing(with: load(dy, i), where: load(y, i) .> 0)
        let first = gradient(d, load(x, i), one + lane, period.lanes)
        let second = gradient(d, load(x2, i), two + lane, period.lanes)
        store(dx, i, first)
        store(dx2, i, second)
      }
    } else {
      period.sweep(rows) { i, lane, load, store in
        let d = load(dy, i)
        let first = gradient(d, load(x, i), one + lane, period.lanes)
        let second = gradient(d, load(x2, i), two + lane, period.lanes)
        store(dx, i, first)
        store(dx2, i, second)
      }
    }
  }

  /// a·dy + (b·x + c) with the three coefficients a period apart.
  @inline(__always) static func gradient(
    _ dy: Vector, _ x: Vector, _ lane: UnsafePointer<Float>, _ lanes: Int
  ) -> Vector {
    lane.vector(lanes &* 2).plus(lane.vector(lanes), x).plus(lane.vector(0), dy)
  }

  private static func expand(
    _ period: ChannelPeriod, _ coefficients: UnsafePointer<Float>,
    _ scratch: UnsafeMutablePointer<Float>
  ) {
    for k in 0..<3 {
      period.expand(coefficients + k &* period.channels, into: scratch + k &* period.lanes)
    }
  }
}

/// The operands of one input gradient, so that each combination of options gets its own loop.
private struct InputGradient {
  let period: ChannelPeriod
  let rows: Int
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let dx: UnsafeMutablePointer<Float>
  let lanes: UnsafeMutablePointer<Float>

  @inline(__always) func run(
    _ y: UnsafePointer<Float>, _ residual: UnsafeMutablePointer<Float>?, masked: Bool,
    _ accumulate: Bool, adding: Bool
  ) {
    period.sweep(rows) { i, lane, load, store in
      var d = load(dy, i)
      if masked { d = Vector.zero.replacing(with: d, where: load(y, i) .> 0) }
      var result = BatchNorm.gradient(d, load(x, i), lanes + lane, period.lanes)
      if accumulate { result += load(dx, i) }
      if let residual { store(residual, i, adding ? load(residual, i) + d : d) }
      store(dx, i, result)
    }
  }
}
