/// Dropout with the mask of the current step, forward and backward alike.
package struct DropoutWork {
  /// What is zeroed as a whole.
  package enum Unit {
    case value
    case channel
    case example
  }

  let rate: Float
  let unit: Unit
  let seed: UInt64
  let stream: UInt64

  /// The number of the training step, kept by the plan.
  let step: UnsafePointer<UInt64>
  let x: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let extent: Extent
  let accumulate: Bool
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    rate: Float, unit: Unit, seed: UInt64, stream: UInt64, step: UnsafePointer<UInt64>,
    x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, extent: Extent, accumulate: Bool,
    scratch: Scratch
  ) {
    self.rate = rate
    self.unit = unit
    self.seed = seed
    self.stream = stream
    self.step = step
    self.x = x
    self.y = y
    self.extent = extent
    self.accumulate = accumulate
    self.scratch = scratch
  }

  /// Floats of scratch that each thread needs where channels are zeroed.
  package static func scratchCount(channels: Int) -> Int {
    evenChannels(channels) + Gating.scratchCount(channels: channels)
  }

  /// Elements from the mask of one image to that of the next, which must begin at even ones.
  private static func evenChannels(_ channels: Int) -> Int { (channels + 1) / 2 * 2 }

  func run(_ part: Part) {
    let dropout = DropoutKernel(rate: rate, seed: seed, stream: stream, step: step.pointee)
    switch unit {
    case .value:
      let range = part.range(of: extent.count, unit: 16)
      let offset = range.lowerBound
      dropout.apply(
        x + offset, first: offset, into: y + offset, count: range.count, accumulate: accumulate)
    case .channel:
      let (positions, channels) = (extent.positions, extent.channels)
      let even = Self.evenChannels(channels)
      let factors = scratch.of(part)
      for image in part.range(of: extent.images) {
        let offset = image &* positions &* channels
        dropout.mask(factors, first: image &* even, count: channels)
        Gating.multiply(
          x + offset, factors: factors, images: 1, positions: positions, channels: channels,
          into: y + offset, accumulate: accumulate, scratch: factors + even)
      }
    case .example:
      let size = extent.positions &* extent.channels
      for image in part.range(of: extent.images) {
        apply(dropout.factor(of: image), from: image &* size, count: size)
      }
    }
  }

  private func apply(_ factor: Float, from offset: Int, count: Int) {
    let (source, target) = (x + offset, y + offset)
    switch (factor == 0, accumulate) {
    case (true, true): break
    case (true, false): Elementwise.fill(target, count: count, with: 0)
    case (false, true): Elementwise.accumulate(source, factor: factor, into: target, count: count)
    case (false, false): Elementwise.scale(source, by: factor, into: target, count: count)
    }
  }
}
