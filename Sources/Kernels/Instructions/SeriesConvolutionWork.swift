/// A convolution of series whose channels come first; examples are shared out.
package struct SeriesConvolutionWork {
  /// Which pass; each part has gradients of its own, `stride` floats from the last one's.
  package enum Pass {
    case forward
    case backward(accumulate: Bool)
    case weightGradient(bias: UnsafeMutablePointer<Float>?, stride: Int)
  }

  /// Owned by the plan.
  package let convolution: UnsafePointer<SeriesConvolution>
  package let pass: Pass

  /// Source activations or gradients, weights or outputs' gradients, bias, and what is written.
  let source: UnsafePointer<Float>
  let other: UnsafePointer<Float>
  let bias: UnsafePointer<Float>?
  let target: UnsafeMutablePointer<Float>
  let scratch: Scratch

  /// The work on this memory, which a plan owns.
  package init(
    convolution: UnsafePointer<SeriesConvolution>, pass: Pass, source: UnsafePointer<Float>,
    other: UnsafePointer<Float>, bias: UnsafePointer<Float>? = nil,
    target: UnsafeMutablePointer<Float>, scratch: Scratch
  ) {
    self.convolution = convolution
    self.pass = pass
    self.source = source
    self.other = other
    self.bias = bias
    self.target = target
    self.scratch = scratch
  }

  func run(_ part: Part) {
    let scratch = scratch.of(part)
    let images = part.range(of: convolution.pointee.geometry.images)
    switch pass {
    case .forward:
      convolution.pointee.forward(
        source, weights: other, bias: bias, into: target, images: images, scratch: scratch)
    case .backward(let accumulate):
      convolution.pointee.backward(
        source, weights: other, into: target, images: images, accumulate: accumulate,
        scratch: scratch)
    case .weightGradient(let bias, let stride):
      let offset = part.index &* stride
      convolution.pointee.weightGradient(
        source, dy: other, into: target + offset, bias: bias.map { $0 + offset }, images: images,
        scratch: scratch)
    }
  }
}
