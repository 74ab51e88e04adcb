import Kernels

/// y = α · x, or y += α · x, with a learnable α.
struct ScaleWork {
  let x: UnsafePointer<Float>
  let factor: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let count: Int
  let accumulate: Bool

  func run(_ part: Part) {
    let range = part.range(of: count, unit: 16)
    let (source, target) = (x + range.lowerBound, y + range.lowerBound)
    if accumulate {
      Elementwise.accumulate(source, factor: factor.pointee, into: target, count: range.count)
    } else {
      Elementwise.scale(source, by: factor.pointee, into: target, count: range.count)
    }
  }
}

/// Sums of a · b over pieces of equal length, each a partial sum of its own.
struct DotWork {
  let a: UnsafePointer<Float>
  let b: UnsafePointer<Float>
  let count: Int
  let partials: UnsafeMutablePointer<Float>

  /// Values of a piece: the same whatever the number of threads, so that the bits are too.
  static let piece = 1 << 13

  /// How many pieces so many values make.
  static func pieces(_ count: Int) -> Int { max(1, (count + piece - 1) / piece) }

  func run(_ part: Part) {
    for index in part.range(of: Self.pieces(count)) {
      let start = index &* Self.piece
      let length = min(Self.piece, count &- start)
      partials[index] = Float(Elementwise.dot(a + start, b + start, count: length))
    }
  }
}

/// The sum of partial sums, in their order.
struct TotalWork {
  let partials: UnsafePointer<Float>
  let count: Int
  let target: UnsafeMutablePointer<Float>

  func run() {
    var sum = 0.0
    for index in 0..<count { sum += Double(partials[index]) }
    target.pointee = Float(sum)
  }
}

/// A product of two values, of which the second may hold for all positions of an image.
struct MultiplyWork {
  let x: UnsafePointer<Float>
  let factors: UnsafePointer<Float>
  let y: UnsafeMutablePointer<Float>
  let extent: Extent
  let isBroadcast: Bool
  let accumulate: Bool
  let scratch: Scratch

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
struct FactorGradientWork {
  let x: UnsafePointer<Float>
  let dy: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
  let extent: Extent
  let accumulate: Bool
  let scratch: Scratch

  func run(_ part: Part) {
    let share = ImageShare(extent, part)
    Gating.productSums(
      x + share.large, dy + share.large, images: share.images, positions: extent.positions,
      channels: extent.channels, into: target + share.small, accumulate: accumulate,
      scratch: scratch.of(part))
  }
}

/// A highway's mixture, or one of its gradients that is no plain product.
struct HighwayWork {
  /// What is computed.
  enum Pass {
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

/// The images of one part, and where they begin among activations and among factors.
private struct ImageShare {
  let images: Int
  let large: Int
  let small: Int

  init(_ extent: Extent, _ part: Part) {
    let range = part.range(of: extent.images)
    images = range.count
    large = range.lowerBound &* extent.positions &* extent.channels
    small = range.lowerBound &* extent.channels
  }
}
