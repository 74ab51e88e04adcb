/// A highway's mixture, or one of its gradients that is no plain product.
package struct HighwayWork {
  /// What is computed.
  package enum Pass {
    /// From h, t and x.
    case forward

    /// From h, x and dy.
    case gateGradient(dy: UnsafePointer<Float>, accumulate: Bool)

    /// From t and dy.
    case carryGradient(dy: UnsafePointer<Float>, accumulate: Bool)
  }

  let pass: Pass
  let h: UnsafePointer<Float>
  let t: UnsafePointer<Float>
  let x: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
  let extent: Extent
  let isBroadcast: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, h: UnsafePointer<Float>, t: UnsafePointer<Float>, x: UnsafePointer<Float>,
    target: UnsafeMutablePointer<Float>, extent: Extent, isBroadcast: Bool, scratch: Scratch
  ) {
    self.pass = pass
    self.h = h
    self.t = t
    self.x = x
    self.target = target
    self.extent = extent
    self.isBroadcast = isBroadcast
    self.scratch = scratch
  }

  func run(_ part: Part) {
    if isBroadcast { runImages(part) } else { runFlat(part.range(of: extent.count, unit: 16)) }
  }

  private func runFlat(_ range: Range<Int>) {
    let (start, count) = (range.lowerBound, range.count)
    switch pass {
    case .forward:
      Highway.forward(h: h + start, t: t + start, x: x + start, into: target + start, count: count)
    case .gateGradient(let dy, let accumulate):
      Highway.gateGradient(
        h: h + start, x: x + start, dy: dy + start, into: target + start, count: count,
        accumulate: accumulate)
    case .carryGradient(let dy, let accumulate):
      Highway.carryGradient(
        t: t + start, dy: dy + start, into: target + start, count: count, accumulate: accumulate)
    }
  }

  private func runImages(_ part: Part) {
    let share = ImageShare(extent, part)
    let (positions, channels) = (extent.positions, extent.channels)
    switch pass {
    case .forward:
      Gating.mix(
        h + share.large, x + share.large, gates: t + share.small, images: share.images,
        positions: positions, channels: channels, into: target + share.large,
        scratch: scratch.of(part))
    case .gateGradient(let dy, let accumulate):
      Gating.mixtureSums(
        h + share.large, x + share.large, dy + share.large, images: share.images,
        positions: positions, channels: channels, into: target + share.small,
        accumulate: accumulate, scratch: scratch.of(part))
    case .carryGradient(let dy, let accumulate):
      Gating.carry(
        dy + share.large, gates: t + share.small, images: share.images, positions: positions,
        channels: channels, into: target + share.large, accumulate: accumulate,
        scratch: scratch.of(part))
    }
  }
}
