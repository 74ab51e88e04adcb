/// Convolution of series with few channels in its three passes, where channels come first: `[examples, channels,
/// positions]`.
///
/// Lanes are neighbouring positions, sixteen of one channel, so that none is idle however few the channels are. Weights
/// and their gradient are plain, `[outputs, inputs, taps]`. Every pass takes a range of examples, so they may be shared
/// out between threads.
package struct SeriesConvolution: Sendable {
  package let geometry: ConvolutionGeometry
  private let forwardPass: SeriesPass
  private let backwardPass: SeriesPass
  private let weightPass: SeriesWeightPass

  /// A convolution of a geometry that `canDo` is true of.
  package init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    forwardPass = SeriesPass(forward: geometry)
    backwardPass = SeriesPass(backward: geometry)
    weightPass = SeriesWeightPass(geometry)
  }

  /// Whether a convolution is one of series whose rows are whole vectors, and moves by one or two.
  package static func canDo(_ g: ConvolutionGeometry) -> Bool {
    let stride = g.horizontal.stride
    return g.groups == 1 && g.input.height == 1 && g.output.height == 1 && g.vertical.kernel == 1
      && (stride == 1 || stride == 2) && g.input.width.isMultiple(of: 16 * stride)
      && g.output.width.isMultiple(of: 16) && g.horizontal.kernel <= mostTaps
  }

  /// Taps of a window beyond which rows would lie between more zeros than values.
  private static let mostTaps = 64

  /// Floats of scratch that each thread needs, whatever the pass.
  package var scratchCount: Int {
    max(forwardPass.scratchCount, backwardPass.scratchCount, weightPass.scratchCount)
  }

  /// y = convolution of x, plus the bias of each output channel.
  package func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>, images: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    forwardPass.run(
      x, weights: weights, bias: bias, into: y, images: images, accumulate: false,
      scratch: scratch)
  }

  /// dx from dy, written or added.
  package func backward(
    _ dy: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, images: Range<Int>, accumulate: Bool,
    scratch: UnsafeMutablePointer<Float>
  ) {
    backwardPass.run(
      dy, weights: weights, bias: nil, into: dx, images: images, accumulate: accumulate,
      scratch: scratch)
  }

  /// The gradient of the weights, and of the bias where it is asked for, summed over a range of examples.
  package func weightGradient(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    into gradient: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>?,
    images: Range<Int>, scratch: UnsafeMutablePointer<Float>
  ) {
    weightPass.run(x, dy: dy, into: gradient, bias: bias, images: images, scratch: scratch)
  }
}
