/// The gradient of a convolution's weights: Σ over images and positions of source times outputs' gradient.
///
/// The result is packed as a forward `GatherPass` packs weights. The source, the outputs' gradient and scratch
/// must be readable sixteen floats beyond their ends. Each thread sums its images into its own packed result; the results are
/// added in order.
struct WeightGradientPass: Sendable {
  /// Source floats that lie one after another and meet weights that do.
  private struct Run: Sendable {
    let source: Int
    let weights: Int
    let count: Int
  }

  private let geometry: ConvolutionGeometry

  /// Groups and the channels of each, but one group of single inputs where every channel is convolved alone.
  private let groups: Int
  private let groupInputs: Int
  private let groupOutputs: Int
  private let plane: PaddedPlane
  private let runs: [Run]

  init(_ g: ConvolutionGeometry) {
    geometry = g
    groups = g.isDepthwise ? 1 : g.groups
    groupInputs = g.groupInputs
    groupOutputs = g.output.channels / groups
    let vertical = ConvolutionTaps.forward(
      g.vertical, input: g.input.height, output: g.output.height)
    let horizontal = ConvolutionTaps.forward(
      g.horizontal, input: g.input.width, output: g.output.width)
    plane = PaddedPlane(g.input, vertical: vertical, horizontal: horizontal)
    var runs: [Run] = []
    for row in vertical.classes[0].taps {
      for column in horizontal.classes[0].taps {
        let source = (row.base + plane.top) * plane.width + column.base + plane.left
        let run = Run(
          source: source * g.input.channels,
          weights: (row.tap * g.horizontal.kernel + column.tap) * groupInputs * 16,
          count: groupInputs)
        if let last = runs.last, groups == 1, last.source + last.count == run.source {
          runs[runs.count - 1] = Run(
            source: last.source, weights: last.weights, count: last.count + run.count)
        } else {
          runs.append(run)
        }
      }
    }
    self.runs = runs
  }

  private var blocks: Int { (groupOutputs &+ 15) / 16 }

  private var blockCount: Int { geometry.taps &* groupInputs &* 16 }

  /// Floats of the packed result.
  var packedCount: Int { groups &* blocks &* blockCount }

  /// Floats of scratch that each thread needs.
  var scratchCount: Int { plane.isBare ? 0 : plane.count }

  /// Sums over a range of images; clears the result first.
  ///
  /// - Returns: False where it was stopped between two images.
  func run(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>,
    images: Range<Int>, scratch: UnsafeMutablePointer<Float>, stop: StopCell
  ) -> Bool {
    packed.update(repeating: 0, count: packedCount)
    if !plane.isBare { plane.clear(scratch) }
    for image in images {
      if stop.isSet { return false }
      var source = x + image &* geometry.input.count
      if !plane.isBare {
        plane.fill(scratch, from: source)
        source = UnsafePointer(scratch)
      }
      for group in 0..<groups {
        for block in 0..<blocks {
          let gradient =
            dy + image &* geometry.output.count + group &* groupOutputs + block &* 16
          let result = packed + (group &* blocks &+ block) &* blockCount
          if geometry.isDepthwise {
            for run in runs {
              multiply(source + block &* 16 + run.source, gradient, result + run.weights)
            }
          } else {
            for run in runs {
              sum(
                source + group &* groupInputs + run.source, gradient, result + run.weights,
                run.count)
            }
          }
        }
      }
    }
    return true
  }

  /// Adds to the weights of neighbouring source values, sixteen at a time.
  @inline(__always) private func sum(
    _ source: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var first = 0
    while first < count {
      let left = count &- first
      if left > 8 {
        sum(SixteenPositions.self, source + first, dy, result + first &* 16, left)
      } else if left > 4 {
        sum(EightPositions.self, source + first, dy, result + first &* 16, left)
      } else {
        sum(FourPositions.self, source + first, dy, result + first &* 16, left)
      }
      first &+= 16
    }
  }

  /// Adds the products of all positions of an image.
  @inline(__always) private func sum<Tile: PositionTile>(
    _: Tile.Type, _ source: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    var tile = Tile.repeating(.zero)
    let step = geometry.horizontal.stride &* geometry.input.channels
    let row = geometry.vertical.stride &* plane.row
    var d = dy
    for y in 0..<geometry.output.height {
      var x = source + y &* row
      for _ in 0..<geometry.output.width {
        tile.absorb(x, 1, d.vector(0))
        x += step
        d += geometry.output.channels
      }
    }
    tile.put(0, Addition(result: result, count: count))
  }

  /// Adds the lane-by-lane products of all positions of an image to the weights of one tap.
  @inline(__always) private func multiply(
    _ source: UnsafePointer<Float>, _ dy: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) {
    let channels = geometry.output.channels
    let step = geometry.horizontal.stride &* channels
    let row = geometry.vertical.stride &* plane.row
    var eight = EightPositions.repeating(.zero)
    var one = OnePosition.repeating(.zero)
    var d = dy
    for y in 0..<geometry.output.height {
      var x = source + y &* row
      var left = geometry.output.width
      while left >= 8 {
        eight.absorb(x, step, times: d, channels)
        x += 8 &* step
        d += 8 &* channels
        left &-= 8
      }
      while left > 0 {
        one.absorb(x, step, times: d, channels)
        x += step
        d += channels
        left &-= 1
      }
    }
    result.store(UnsafePointer(result).vector(0) + (eight.total + one.total), 0)
  }

  /// Adds vectors, as many as count, to a packed result.
  private struct Addition: PositionSink {
    let result: UnsafeMutablePointer<Float>
    let count: Int

    @inline(__always) func put(_ position: Int, _ lanes: Vector) {
      if position < count {
        result.store(UnsafePointer(result).vector(position &* 16) + lanes, position &* 16)
      }
    }
  }

  /// Reorders a packed result to plain weights.
  func unpack(_ packed: UnsafePointer<Float>, into plain: UnsafeMutablePointer<Float>) {
    let taps = geometry.taps
    let sources = groupInputs
    let targetStep = sources &* taps
    var position = packed
    for group in 0..<groups {
      for block in 0..<blocks {
        let first = plain + (group &* groupOutputs &+ block &* 16) &* targetStep
        let lanes = min(16, groupOutputs &- block &* 16)
        for tap in 0..<taps {
          for source in 0..<sources {
            let to = first + source &* taps + tap
            for lane in 0..<lanes { to[lane &* targetStep] = position[lane] }
            position += 16
          }
        }
      }
    }
  }
}
