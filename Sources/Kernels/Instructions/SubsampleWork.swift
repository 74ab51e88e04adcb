/// Every stride-th position and channels of zeros, forward and backward.
package struct SubsampleWork {
  let subsample: SubsampleKernel
  let isBackward: Bool
  let accumulate: Bool
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    subsample: SubsampleKernel, isBackward: Bool, accumulate: Bool, source: UnsafePointer<Float>,
    target: UnsafeMutablePointer<Float>
  ) {
    self.subsample = subsample
    self.isBackward = isBackward
    self.accumulate = accumulate
    self.source = source
    self.target = target
  }

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
