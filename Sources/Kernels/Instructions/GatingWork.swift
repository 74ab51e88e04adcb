/// A product of two values, of which the second may hold for all positions of an image.
package struct MultiplyWork {
  let x: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let extent: Extent
  let isBroadcast: Bool
  let accumulate: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, factors: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
    extent: Extent, isBroadcast: Bool, accumulate: Bool, scratch: Scratch
  ) {
    self.x = x
    self.factors = factors
    self.y = y
    self.extent = extent
    self.isBroadcast = isBroadcast
    self.accumulate = accumulate
    self.scratch = scratch
  }

  func run(_ part: Part) {
    guard isBroadcast else {
      let range = part.range(of: extent.count, unit: 16)
      let offset = range.lowerBound
      if accumulate {
        Elementwise.accumulateProduct(
          x + offset, factors + offset, into: y + offset, count: range.count)
      } else {
        Elementwise.multiply(x + offset, factors + offset, into: y + offset, count: range.count)
      }
      return
    }
    let share = ImageShare(extent, part)
    Gating.multiply(
      x + share.large, factors: factors + share.small, images: share.images,
      positions: extent.positions, channels: extent.channels, into: y + share.large,
      accumulate: accumulate, scratch: scratch.of(part))
  }
}

/// The gradient of factors that hold for all positions of an image: sums of x · dy.
package struct FactorGradientWork {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
  let extent: Extent
  let accumulate: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    x: UnsafePointer<Float>, dy: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>,
    extent: Extent, accumulate: Bool, scratch: Scratch
  ) {
    self.x = x
    self.dy = dy
    self.target = target
    self.extent = extent
    self.accumulate = accumulate
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let share = ImageShare(extent, part)
    Gating.productSums(
      x + share.large, dy + share.large, images: share.images, positions: extent.positions,
      channels: extent.channels, into: target + share.small, accumulate: accumulate,
      scratch: scratch.of(part))
  }
}
