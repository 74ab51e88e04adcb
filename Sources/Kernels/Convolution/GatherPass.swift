/// A convolution pass in which every target position gathers from source positions: forward, or from
/// outputs' gradients to inputs' gradients.
///
/// Weights are packed as `[groups, blocks, vertical taps, horizontal taps, source channels, 16]`, where a
/// block is sixteen target channels of a group and the taps of a class stand in order of their sources, so
/// that neighbouring taps read neighbouring memory. Source memory must be readable, and the packed weights
/// are, sixteen floats beyond what they hold. Images may be shared out between threads.
struct GatherPass: Sendable {
  let groups: Int
  let source: ConvolutionGeometry.Plane
  let target: ConvolutionGeometry.Plane
  let vertical: ConvolutionTaps
  let horizontal: ConvolutionTaps

  /// Taps of the kernel, and whether sources are the outputs.
  let kernelTaps: Int
  let kernelWidth: Int
  let isBackward: Bool

  /// Floats of one vertical tap's packed weights, and of one block's.
  let rowCount: Int
  let blockCount: Int

  init(_ g: ConvolutionGeometry, isBackward: Bool) {
    self.isBackward = isBackward
    groups = g.groups
    kernelTaps = g.taps
    kernelWidth = g.horizontal.kernel
    if isBackward {
      source = g.output
      target = g.input
      vertical = .backward(g.vertical, input: g.input.height, output: g.output.height)
      horizontal = .backward(g.horizontal, input: g.input.width, output: g.output.width)
    } else {
      source = g.input
      target = g.output
      vertical = .forward(g.vertical, input: g.input.height, output: g.output.height)
      horizontal = .forward(g.horizontal, input: g.input.width, output: g.output.width)
    }
    rowCount = horizontal.order.count &* (source.channels / groups) &* 16
    blockCount = vertical.order.count &* rowCount
  }

  var groupSources: Int { source.channels / groups }
  var groupTargets: Int { target.channels / groups }

  /// Blocks of sixteen target channels in a group.
  var blocks: Int { (groupTargets &+ 15) / 16 }

  /// Floats of the packed weights.
  var packedCount: Int { groups &* blocks &* blockCount }

  /// Reorders plain weights `[outputs, inputs / groups, height, width]`.
  func pack(_ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
    let taps = kernelTaps
    // Distances in the plain weights from one target channel, and one source channel, to the next.
    let outputStep = (isBackward ? groupTargets : groupSources) &* taps
    let targetStep = isBackward ? taps : outputStep
    let sourceStep = isBackward ? outputStep : taps
    let groupStep = groupTargets &* groupSources &* taps
    let columns = horizontal.order
    var position = packed
    for group in 0..<groups {
      for block in 0..<blocks {
        let first = plain + group &* groupStep + block &* 16 &* targetStep
        let lanes = min(16, groupTargets &- block &* 16)
        for row in vertical.order {
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
  func run(
    _ source: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    into target: UnsafeMutablePointer<Float>, images: Range<Int>, accumulate: Bool
  ) {
    for group in 0..<groups {
      for block in 0..<blocks {
        let channel = group &* groupTargets &+ block &* 16
        let lanes = min(16, groupTargets &- block &* 16)
        let weights = packed + (group &* blocks &+ block) &* blockCount
        let start = bias.map { $0.vector(channel, end: channel &+ lanes) } ?? .zero
        for image in images {
          let row = GatherRow(
            pass: self, source: source + image &* self.source.count + group &* groupSources,
            target: target + image &* self.target.count, end: self.target.count, channel: channel,
            lanes: lanes, start: start, accumulate: accumulate)
          var slot = 0
          for rows in vertical.classes {
            for j in 0..<rows.count {
              row.run(
                target: rows.first &+ j &* rows.spacing, j: j, rows: rows,
                weights: weights + slot &* rowCount, weightRow: rowCount)
            }
            slot &+= rows.taps.count
          }
        }
      }
    }
  }
}

extension ConvolutionTaps {
  /// The kernel's taps in the order of packed weights: class by class, sources ascending.
  var order: [Int] { classes.flatMap { $0.taps.map(\.tap) } }
}
