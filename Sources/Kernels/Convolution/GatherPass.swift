/// A convolution pass in which every target position gathers from source positions: forward, or from
/// outputs' gradients to inputs' gradients.
///
/// Weights are packed as `[groups, blocks, vertical taps, horizontal taps, source channels, 16]`, where a
/// block is sixteen target channels of a group and the taps of a class stand in order of their sources, so
/// that neighbouring taps read neighbouring memory. Images are put between zeros first, so that no window is
/// cut. Where every channel is convolved alone, a block's targets read the same sixteen source channels and the
/// weights are `[blocks, taps, 16]`. Images may be shared out between threads, each with its own scratch.
struct GatherPass: Sendable {
  /// Source floats that lie one after another and meet weights that do.
  struct Run: Sendable {
    let source: Int
    let weights: Int
    let count: Int
  }

  /// Targets whose windows have the same taps: one vertical and one horizontal class.
  struct Region: Sendable {
    let vertical: ConvolutionTaps.Class
    let horizontal: ConvolutionTaps.Class
    let runs: [Run]
  }

  /// Groups, but one where every channel is convolved alone.
  let groups: Int
  let isDepthwise: Bool
  let source: ConvolutionGeometry.Plane
  let target: ConvolutionGeometry.Plane
  let isBackward: Bool
  let plane: PaddedPlane
  let regions: [Region]
  private let rows: [Int]
  private let columns: [Int]
  private let kernelTaps: Int
  private let kernelWidth: Int

  init(_ g: ConvolutionGeometry, isBackward: Bool) {
    self.isBackward = isBackward
    isDepthwise = g.isDepthwise
    groups = g.isDepthwise ? 1 : g.groups
    kernelTaps = g.taps
    kernelWidth = g.horizontal.kernel
    let (height, width) = ((g.input.height, g.output.height), (g.input.width, g.output.width))
    let vertical: ConvolutionTaps
    let horizontal: ConvolutionTaps
    if isBackward {
      source = g.output
      target = g.input
      vertical = .backward(g.vertical, input: height.0, output: height.1)
      horizontal = .backward(g.horizontal, input: width.0, output: width.1, tile: Self.tile)
    } else {
      source = g.input
      target = g.output
      vertical = .forward(g.vertical, input: height.0, output: height.1)
      horizontal = .forward(g.horizontal, input: width.0, output: width.1, tile: Self.tile)
    }
    plane = PaddedPlane(source, vertical: vertical, horizontal: horizontal)
    rows = vertical.order
    columns = horizontal.order
    regions = Self.regions(
      vertical, horizontal, plane: plane, groups: groups,
      sources: isDepthwise ? 1 : source.channels / groups)
  }

  /// Positions that are computed at a time.
  static let tile = EightPositions.positions

  /// Channels of the source that one target channel reads.
  var groupSources: Int { isDepthwise ? 1 : source.channels / groups }
  var groupTargets: Int { target.channels / groups }

  /// Blocks of sixteen target channels in a group.
  var blocks: Int { (groupTargets &+ 15) / 16 }

  /// Floats of one block's packed weights.
  var blockCount: Int { rows.count &* columns.count &* groupSources &* 16 }

  /// Floats of the packed weights.
  var packedCount: Int { groups &* blocks &* blockCount }

  /// Floats of scratch that each thread needs.
  var scratchCount: Int { plane.isBare ? 0 : plane.count }

  private static func regions(
    _ vertical: ConvolutionTaps, _ horizontal: ConvolutionTaps, plane: PaddedPlane, groups: Int,
    sources: Int
  ) -> [Region] {
    let channels = plane.image.channels
    let rowWeights = horizontal.order.count * sources * 16
    var regions: [Region] = []
    var rowSlot = 0
    for rows in vertical.classes {
      var columnSlot = 0
      for columns in horizontal.classes {
        var runs: [Run] = []
        for (index, row) in rows.taps.enumerated() {
          for (place, column) in columns.taps.enumerated() {
            let run = Run(
              source: ((row.base + plane.top) * plane.width + column.base + plane.left) * channels,
              weights: (rowSlot + index) * rowWeights + (columnSlot + place) * sources * 16,
              count: sources)
            if let last = runs.last, groups == 1, last.source + last.count == run.source,
              last.weights + last.count * 16 == run.weights
            {
              runs[runs.count - 1] = Run(
                source: last.source, weights: last.weights, count: last.count + run.count)
            } else {
              runs.append(run)
            }
          }
        }
        regions.append(Region(vertical: rows, horizontal: columns, runs: runs))
        columnSlot += columns.taps.count
      }
      rowSlot += rows.taps.count
    }
    return regions
  }

  /// Reorders plain weights `[outputs, inputs / groups, height, width]`.
  func pack(_ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
    let taps = kernelTaps
    // Distances in the plain weights from one target channel, and one source channel, to the next.
    let outputStep = (isBackward ? groupTargets : groupSources) &* taps
    let targetStep = isBackward ? taps : outputStep
    let sourceStep = isBackward ? outputStep : taps
    let groupStep = groupTargets &* groupSources &* taps
    var position = packed
    for group in 0..<groups {
      for block in 0..<blocks {
        let first = plain + group &* groupStep + block &* 16 &* targetStep
        let lanes = min(16, groupTargets &- block &* 16)
        for row in rows {
          for column in columns {
            var from = first + row &* kernelWidth + column
            for _ in 0..<groupSources {
              for lane in 0..<lanes { position[lane] = from[lane &* targetStep] }
              for lane in lanes..<16 { position[lane] = 0 }
              position += 16
              from += sourceStep
            }
          }
        }
      }
    }
  }

  /// Computes the targets of images `images`, or adds to them; the bias is added once.
  ///
  /// - Returns: False where it was stopped between two images.
  func run(
    _ source: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    into target: UnsafeMutablePointer<Float>, images: Range<Int>, accumulate: Bool,
    scratch: UnsafeMutablePointer<Float>, stop: StopCell
  ) -> Bool {
    if !plane.isBare { plane.clear(scratch) }
    for image in images {
      if stop.isSet { return false }
      var from = source + image &* self.source.count
      if !plane.isBare {
        plane.fill(scratch, from: from)
        from = UnsafePointer(scratch)
      }
      for group in 0..<groups {
        for block in 0..<blocks {
          let channel = group &* groupTargets &+ block &* 16
          let lanes = min(16, groupTargets &- block &* 16)
          let work = GatherBlock(
            source: from + (isDepthwise ? block &* 16 : group &* groupSources),
            weights: packed + (group &* blocks &+ block) &* blockCount,
            start: bias.map { $0.vector(channel, end: channel &+ lanes) } ?? .zero,
            target: target + image &* self.target.count + channel,
            end: self.target.count &- channel, lanes: lanes, accumulate: accumulate,
            sourceRow: plane.row, sourceChannels: self.source.channels,
            targetRow: self.target.width &* self.target.channels,
            targetChannels: self.target.channels)
          for region in regions {
            if isDepthwise {
              work.run(region, GatherBlock.Elementwise.self)
            } else {
              work.run(region, GatherBlock.Broadcast.self)
            }
          }
        }
      }
    }
    return true
  }
}
