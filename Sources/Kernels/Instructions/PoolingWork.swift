/// Pooling of windows, forward and backward; images are shared out.
package struct PoolingWork {
  /// Which pass of which kind; `winners` remember where each maximum was.
  package enum Pass {
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

  /// The work on this memory, which a plan owns.
  package init(
    pass: Pass, window: PoolingWindow, source: UnsafePointer<Float>,
    target: UnsafeMutablePointer<Float>
  ) {
    self.pass = pass
    self.window = window
    self.source = source
    self.target = target
  }

  func run(_ part: Part) -> Int32 {
    let images = part.range(of: window.images)
    var window = window
    window.images = images.count
    let large = images.lowerBound &* window.height &* window.width &* window.channels
    let small =
      images.lowerBound &* window.outputHeight &* window.outputWidth &* window.channels
    let isWhole =
      switch pass {
      case .maximum(let winners):
        MaxPooling.forward(
          source + large, window, into: target + small, winners: winners.map { $0 + small },
          stop: part.stop)
      case .average:
        AveragePooling.forward(source + large, window, into: target + small, stop: part.stop)
      case .maximumGradient(let winners, let accumulate):
        MaxPooling.backward(
          source + small, winners: winners + small, window, into: target + large,
          accumulate: accumulate, stop: part.stop)
      case .averageGradient(let accumulate):
        AveragePooling.backward(
          source + small, window, into: target + large, accumulate: accumulate, stop: part.stop)
      }
    return isWhole ? 0 : Instruction.isStopped
  }
}
