import Kernels
import Networks

/// Pooling of windows, forward and backward; images are shared out.
struct PoolingWork {
  /// Which pass of which kind; `winners` remember where each maximum was.
  enum Pass {
    case maximum(winners: UnsafeMutablePointer<Int32>?)
    case average
    case maximumGradient(winners: UnsafePointer<Int32>, accumulate: Bool)
    case averageGradient(accumulate: Bool)
  }

  let pass: Pass
  let window: PoolingWindow

  /// x forward, dy backward.
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>

  func run(_ part: Part) {
    let images = part.range(of: window.images)
    var window = window
    window.images = images.count
    let large = images.lowerBound &* window.height &* window.width &* window.channels
    let small =
      images.lowerBound &* window.outputHeight &* window.outputWidth &* window.channels
    switch pass {
    case .maximum(let winners):
      MaxPooling.forward(
        source + large, window, into: target + small, winners: winners.map { $0 + small })
    case .average: AveragePooling.forward(source + large, window, into: target + small)
    case .maximumGradient(let winners, let accumulate):
      MaxPooling.backward(
        source + small, winners: winners + small, window, into: target + large,
        accumulate: accumulate)
    case .averageGradient(let accumulate):
      AveragePooling.backward(
        source + small, window, into: target + large, accumulate: accumulate)
    }
  }
}

/// Pooling over all positions of each image, forward and backward.
struct GlobalPoolingWork {
  /// Which pass of which kind; `winners` remember where each maximum was.
  enum Pass {
    case maximum(winners: UnsafeMutablePointer<Int32>?)
    case average
    case last
    case maximumGradient(winners: UnsafePointer<Int32>, accumulate: Bool)
    case averageGradient(accumulate: Bool)
    case lastGradient(accumulate: Bool)
  }

  let pass: Pass
  let extent: Extent
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
  let scratch: Scratch

  func run(_ part: Part) {
    let images = part.range(of: extent.images)
    let (positions, channels) = (extent.positions, extent.channels)
    let large = images.lowerBound &* positions &* channels
    let small = images.lowerBound &* channels
    switch pass {
    case .maximum(let winners):
      GlobalPooling.maximum(
        source + large, images: images.count, positions: positions, channels: channels,
        into: target + small, winners: winners.map { $0 + small })
    case .average:
      GlobalPooling.average(
        source + large, images: images.count, positions: positions, channels: channels,
        into: target + small, scratch: scratch.of(part))
    case .last:
      GlobalPooling.last(
        source + large, images: images.count, positions: positions, channels: channels,
        into: target + small)
    case .maximumGradient(let winners, let accumulate):
      GlobalPooling.maximumBackward(
        source + small, winners: winners + small, images: images.count, positions: positions,
        channels: channels, into: target + large, accumulate: accumulate)
    case .averageGradient(let accumulate):
      GlobalPooling.averageBackward(
        source + small, images: images.count, positions: positions, channels: channels,
        into: target + large, accumulate: accumulate, scratch: scratch.of(part))
    case .lastGradient(let accumulate):
      GlobalPooling.lastBackward(
        source + small, images: images.count, positions: positions, channels: channels,
        into: target + large, accumulate: accumulate)
    }
  }
}

/// Every stride-th position and channels of zeros, forward and backward.
struct SubsampleWork {
  let subsample: Kernels.Subsample
  let isBackward: Bool
  let accumulate: Bool
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>

  func run(_ part: Part) {
    let images = part.range(of: subsample.images)
    var share = subsample
    share.images = images.count
    let large = images.lowerBound &* share.height &* share.width &* share.channels
    let small =
      images.lowerBound &* share.outputHeight &* share.outputWidth &* share.outputChannels
    if isBackward {
      share.backward(source + small, into: target + large, accumulate: accumulate)
    } else {
      share.forward(source + large, into: target + small)
    }
  }
}
