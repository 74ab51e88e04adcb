/// Pooling over all positions of each image, forward and backward.
///
/// Rows are those of channels that come first, whole vectors of positions; images of the extent are rows then, and
/// channels 1.
package struct GlobalPoolingWork {
  /// Which pass of which kind; `winners` remember where each maximum was.
  package enum Pass {
    case maximum(winners: UnsafeMutablePointer<Int32>?)
    case average
    case averageRows
    case pick(Int)
    case maximumGradient(winners: UnsafePointer<Int32>, accumulate: Bool)
    case averageGradient(accumulate: Bool)
    case averageRowsGradient(accumulate: Bool)
    case pickGradient(Int, accumulate: Bool)
  }

  let pass: Pass
  let extent: Extent
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, extent: Extent, source: UnsafePointer<Float>, target: UnsafeMutablePointer<Float>,
    scratch: Scratch
  ) {
    self.pass = pass
    self.extent = extent
    self.source = source
    self.target = target
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let images = part.range(of: extent.images)
    let (positions, channels) = (extent.positions, extent.channels)
    let large = images.lowerBound &* positions &* channels
    let small = images.lowerBound &* channels
    switch pass {
    case .maximum(let winners):
      GlobalPoolingKernel.maximum(
        source + large, images: images.count, positions: positions, channels: channels,
        into: target + small, winners: winners.map { $0 + small })
    case .average:
      GlobalPoolingKernel.average(
        source + large, images: images.count, positions: positions, channels: channels,
        into: target + small, scratch: scratch.of(part))
    case .averageRows:
      GlobalPoolingKernel.average(
        rows: source + large, count: images.count, span: positions, into: target + small)
    case .pick(let place):
      GlobalPoolingKernel.pick(
        place, of: source + large, images: images.count, positions: positions, channels: channels,
        into: target + small)
    case .maximumGradient(let winners, let accumulate):
      GlobalPoolingKernel.maximumBackward(
        source + small, winners: winners + small, images: images.count, positions: positions,
        channels: channels, into: target + large, accumulate: accumulate)
    case .averageGradient(let accumulate):
      GlobalPoolingKernel.averageBackward(
        source + small, images: images.count, positions: positions, channels: channels,
        into: target + large, accumulate: accumulate, scratch: scratch.of(part))
    case .averageRowsGradient(let accumulate):
      GlobalPoolingKernel.averageBackward(
        source + small, rows: images.count, span: positions, into: target + large,
        accumulate: accumulate)
    case .pickGradient(let place, let accumulate):
      GlobalPoolingKernel.pickBackward(
        place, source + small, images: images.count, positions: positions, channels: channels,
        into: target + large, accumulate: accumulate)
    }
  }
}
