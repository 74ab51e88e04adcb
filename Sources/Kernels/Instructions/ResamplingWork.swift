/// Positions read at other places, forward and backward; images are shared out.
package struct ResamplingWork {
  let resampling: Resampling
  let isBackward: Bool
  let accumulate: Bool
  let source: UnsafePointer<Float>
  let target: UnsafeMutablePointer<Float>

  /// The work on this memory, which a plan owns.
  package init(
    resampling: Resampling, isBackward: Bool, accumulate: Bool, source: UnsafePointer<Float>,
    target: UnsafeMutablePointer<Float>
  ) {
    self.resampling = resampling
    self.isBackward = isBackward
    self.accumulate = accumulate
    self.source = source
    self.target = target
  }

  func run(_ part: Part) {
    let images = part.range(of: resampling.images)
    var share = resampling
    share.images = images.count
    let input = images.lowerBound &* share.inputCount
    let output = images.lowerBound &* share.outputCount
    if isBackward {
      share.backward(source + output, into: target + input, accumulate: accumulate)
    } else {
      share.forward(source + input, into: target + output)
    }
  }
}
