/// A pass of a convolution over series in which rows of target channels gather from rows of source channels: forward,
/// or from outputs' gradients to inputs' gradients.
///
/// Lanes are neighbouring positions of one channel, so that they are full whatever the number of channels; weights are
/// read where they are, `[outputs, inputs, taps]`.
struct SeriesPass: Sendable {
  /// Source values, from their first position on, that meet one weight of each target channel.
  struct Step: Sendable {
    let source: Int
    let weight: Int
  }

  /// The example that is read.
  let rows: SeriesRows

  /// What the targets of each phase gather.
  let phases: [[Step]]
  let targets: OutputTiles

  /// Positions of a target channel.
  let width: Int

  /// Floats from the weights of one target channel to those of the next.
  let weightStep: Int

  /// The pass from inputs to outputs.
  init(forward g: ConvolutionGeometry) {
    let axis = g.horizontal
    let taps = (0..<axis.kernel).map { tap -> (tap: Int, phase: Int, shift: Int) in
      let place = tap * axis.dilation - axis.before
      let phase = ((place % axis.stride) + axis.stride) % axis.stride
      return (tap, phase, (place - phase) / axis.stride)
    }
    rows = SeriesRows(
      channels: g.input.channels, width: g.input.width, phases: axis.stride,
      before: taps.map { -$0.shift }.max() ?? 0,
      after: taps.map { $0.shift + g.output.width - g.input.width / axis.stride }.max() ?? 0)
    var steps: [Step] = []
    for channel in 0..<g.input.channels {
      for (tap, phase, shift) in taps {
        steps.append(
          Step(
            source: rows.place(channel: channel, phase: phase, position: shift),
            weight: channel * axis.kernel + tap))
      }
    }
    phases = [steps]
    targets = OutputTiles(g.output.channels)
    width = g.output.width
    weightStep = g.input.channels * axis.kernel
  }

  /// The pass from outputs' gradients to inputs' gradients.
  init(backward g: ConvolutionGeometry) {
    let axis = g.horizontal
    let taps = ConvolutionTaps.backward(axis, input: g.input.width, output: g.output.width)
    let all = taps.classes.flatMap { $0.taps.map(\.base) }
    let most = g.input.width / axis.stride - g.output.width
    rows = SeriesRows(
      channels: g.output.channels, width: g.output.width, phases: 1,
      before: all.map { -$0 }.max() ?? 0, after: all.map { $0 + most }.max() ?? 0)
    let outputStep = g.input.channels * axis.kernel
    phases = taps.classes.map { [rows] phase in
      (0..<g.output.channels).flatMap { channel in
        phase.taps.map { tap in
          Step(
            source: rows.place(channel: channel, phase: 0, position: tap.base),
            weight: channel * outputStep + tap.tap)
        }
      }
    }
    targets = OutputTiles(g.input.channels)
    width = g.input.width
    weightStep = axis.kernel
  }

  /// Floats of scratch that each thread needs: the rows of an example, and targets that are not in order yet.
  var scratchCount: Int {
    (rows.isBare ? 0 : rows.count) + (phases.count == 1 ? 0 : targets.channels &* width)
  }

  /// Computes the targets of some examples, or adds to them.
  func run(
    _ source: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    into target: UnsafeMutablePointer<Float>, images: Range<Int>, accumulate: Bool,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let (sourceCount, targetCount) = (rows.channels &* rows.width, targets.channels &* width)
    let apart = rows.isBare ? scratch : scratch + rows.count
    if !rows.isBare { rows.clear(scratch) }
    for image in images {
      var from = source + image &* sourceCount
      if !rows.isBare {
        rows.fill(scratch, from: from)
        from = UnsafePointer(scratch)
      }
      let to = target + image &* targetCount
      if phases.count == 1 {
        gather(0, from, weights, bias, Target(rows: to, width: width, accumulate: accumulate))
      } else {
        let half = width / 2
        gather(0, from, weights, bias, Target(rows: apart, width: half, accumulate: false))
        let odd = apart + targets.channels &* half
        gather(1, from, weights, bias, Target(rows: odd, width: half, accumulate: false))
        interleave(UnsafePointer(apart), UnsafePointer(odd), into: to, accumulate: accumulate)
      }
    }
  }

  /// Rows of targets one behind the other, and whether they are added to.
  private struct Target {
    let rows: UnsafeMutablePointer<Float>
    let width: Int
    let accumulate: Bool
  }

  private func gather(
    _ phase: Int, _ source: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
    _ bias: UnsafePointer<Float>?, _ target: Target
  ) {
    phases[phase].withUnsafeBufferPointer { steps in
      for index in 0..<targets.count {
        let channels = targets[index]
        let work = Work(
          steps: steps, source: source, weights: weights + channels.lowerBound &* weightStep,
          weightStep: weightStep, bias: bias.map { $0 + channels.lowerBound },
          target: target.rows + channels.lowerBound &* target.width, row: target.width,
          accumulate: target.accumulate)
        var first = 0
        #if ESPALIER_WIDE
          first = work.run(Two.self, channels.count, first)
        #endif
        _ = work.run(One.self, channels.count, first)
      }
    }
  }

  /// Puts even and odd positions in their order.
  private func interleave(
    _ even: UnsafePointer<Float>, _ odd: UnsafePointer<Float>,
    into target: UnsafeMutablePointer<Float>, accumulate: Bool
  ) {
    var place = 0
    while place < targets.channels &* width / 2 {
      var pair = SIMD32<Float>()
      pair.evenHalf = even.vector(place)
      pair.oddHalf = odd.vector(place)
      let to = target + 2 &* place
      if accumulate {
        to.store(to.vector(0) + pair.lowHalf, 0)
        to.store(to.vector(16) + pair.highHalf, 16)
      } else {
        to.store(pair.lowHalf, 0)
        to.store(pair.highHalf, 16)
      }
      place &+= 16
    }
  }

  /// The rows of one tile of target channels.
  private struct Work {
    let steps: UnsafeBufferPointer<Step>
    let source: UnsafePointer<Float>
    let weights: UnsafePointer<Float>
    let weightStep: Int
    let bias: UnsafePointer<Float>?
    let target: UnsafeMutablePointer<Float>
    let row: Int
    let accumulate: Bool

    /// Computes as many positions as whole chunks have; the result is the first one that is left.
    @inline(__always) func run<C: Chunk>(_: C.Type, _ channels: Int, _ first: Int) -> Int {
      switch channels {
      case 1: run(OneOutput<C>.self, first)
      case 2: run(TwoOutputs<C>.self, first)
      case 3: run(ThreeOutputs<C>.self, first)
      case 4: run(FourOutputs<C>.self, first)
      case 5: run(FiveOutputs<C>.self, first)
      default: run(SixOutputs<C>.self, first)
      }
    }

    @inline(__always) private func run<T: OutputTile>(_: T.Type, _ first: Int) -> Int {
      var position = first
      while position &+ T.Lanes.lanes <= row {
        var tile = T.start(bias)
        let from = source + position
        for step in steps {
          tile.absorb(T.Lanes.load(from + step.source), weights + step.weight, weightStep)
        }
        tile.store(target + position, row, accumulate: accumulate)
        position &+= T.Lanes.lanes
      }
      return position
    }
  }
}
