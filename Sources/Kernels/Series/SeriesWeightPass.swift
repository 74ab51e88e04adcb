/// The gradient of the weights of a convolution over series: Σ over examples and positions of source times outputs'
/// gradient, plain as the weights are, `[outputs, inputs, taps]`.
///
/// Each thread sums its examples by themselves; the sums are added in order.
struct SeriesWeightPass: Sendable {
  private let rows: SeriesRows
  private let steps: [SeriesPass.Step]
  private let outputs: OutputTiles

  /// Positions of an output channel.
  private let width: Int

  /// Examples that are put between zeros at a time, so that they stay in the nearest cache.
  private let block: Int

  init(_ g: ConvolutionGeometry) {
    let forward = SeriesPass(forward: g)
    rows = forward.rows
    steps = forward.phases[0]
    #if ESPALIER_WIDE
      outputs = OutputTiles(g.output.channels)
    #else
      outputs = OutputTiles(g.output.channels, most: 3)
    #endif
    width = g.output.width
    block = max(1, (1 << 12) / max(rows.count, 1))
  }

  private var sumsCount: Int { outputs.channels &* steps.count &* 16 }

  /// Floats of scratch that each thread needs.
  var scratchCount: Int { sumsCount + (rows.isBare ? 0 : block &* rows.count) }

  /// Sums over a range of examples, the gradient of the bias too where it is asked for.
  func run(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?,
    images: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    let padded = scratch + sumsCount
    scratch.update(repeating: 0, count: scratchCount)
    let (sourceCount, dyCount) = (rows.channels &* rows.width, outputs.channels &* width)
    var first = images.lowerBound
    while first < images.upperBound {
      let count = min(block, images.upperBound &- first)
      var source = x + first &* sourceCount
      if !rows.isBare {
        for image in 0..<count {
          rows.fill(padded + image &* rows.count, from: source + image &* sourceCount)
        }
        source = UnsafePointer(padded)
      }
      absorb(
        Block(
          source: source, sourceCount: rows.count, dy: dy + first &* dyCount, dyCount: dyCount,
          width: width, count: count), into: scratch)
      first &+= count
    }
    write(scratch, into: gradient)
    if let bias { sumBias(dy, images, into: bias) }
  }

  /// Some examples and the gradients of their outputs.
  private struct Block {
    let source: UnsafePointer<Float>
    let sourceCount: Int
    let dy: UnsafePointer<Float>
    let dyCount: Int
    let width: Int
    let count: Int
  }

  /// Adds the products of some examples to the sums of all weights.
  private func absorb(_ block: Block, into sums: UnsafeMutablePointer<Float>) {
    steps.withUnsafeBufferPointer { steps in
      guard let start = steps.baseAddress else { return }
      for index in 0..<outputs.count {
        let channels = outputs[index]
        let work = Work(
          block: block, dy: block.dy + channels.lowerBound &* width, steps: start,
          count: steps.count, sums: sums + channels.lowerBound &* steps.count &* 16)
        switch channels.count {
        case 1: work.run(OneOutput<One>.self)
        case 2: work.run(TwoOutputs<One>.self)
        #if ESPALIER_WIDE
          case 3: work.run(ThreeOutputs<One>.self)
          case 4: work.run(FourOutputs<One>.self)
          case 5: work.run(FiveOutputs<One>.self)
          default: work.run(SixOutputs<One>.self)
        #else
          default: work.run(ThreeOutputs<One>.self)
        #endif
        }
      }
    }
  }

  /// Adds up the lanes of each sum.
  private func write(
    _ sums: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>
  ) {
    var from = sums
    for output in 0..<outputs.channels {
      let to = gradient + output &* steps.count
      for step in steps {
        to[step.weight] = from.vector(0).total
        from += 16
      }
    }
  }

  private func sumBias(
    _ dy: UnsafePointer<Float>, _ images: Range<Int>, into bias: UnsafeMutablePointer<Float>
  ) {
    for channel in 0..<outputs.channels {
      var sum = Vector.zero
      for image in images {
        let row = dy + (image &* outputs.channels &+ channel) &* width
        var position = 0
        while position < width {
          sum += row.vector(position)
          position &+= 16
        }
      }
      bias[channel] = sum.total
    }
  }

  /// The weights of one tile of output channels.
  private struct Work {
    let block: Block
    let dy: UnsafePointer<Float>
    let steps: UnsafePointer<SeriesPass.Step>
    let count: Int
    let sums: UnsafeMutablePointer<Float>

    @inline(__always) func run<T: OutputTile>(_: T.Type) where T.Lanes == One {
      var first = 0
      #if ESPALIER_WIDE
        while first &+ 4 <= count { first = run(FourSteps<T>.self, first) }
      #endif
      while first &+ 2 <= count { first = run(TwoSteps<T>.self, first) }
      if first < count { _ = run(OneStep<T>.self, first) }
    }

    /// Sums the products of all positions for some weights from one on; the result is the weight after them.
    @inline(__always) private func run<W: WindowTile>(_: W.Type, _ first: Int) -> Int {
      let own = sums + first &* 16
      let steps = steps + first
      var tile = W.load(own, count &* 16)
      var (x, d) = (block.source, dy)
      for _ in 0..<block.count {
        var position = 0
        while position < block.width {
          tile.absorb(x + position, steps, W.Outputs.load(d + position, block.width))
          position &+= 16
        }
        x += block.sourceCount
        d += block.dyCount
      }
      tile.store(own, count &* 16)
      return first &+ W.steps
    }
  }
}
