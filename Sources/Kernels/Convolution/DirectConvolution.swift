/// Convolution in its three passes by our own kernels: for small channels and shapes that libraries do badly,
/// and wherever no library is.
///
/// Activations are channels-last and must be readable sixteen floats beyond their end. Every pass takes a
/// range of images, so images may be shared out between threads, and is false where it was stopped between two. Weights are `[outputs, inputs / groups,
/// height, width]` outside and packed inside.
package struct DirectConvolution: Sendable {
  package let geometry: ConvolutionGeometry
  private let forwardPass: GatherPass
  private let backwardPass: GatherPass
  private let weightPass: WeightGradientPass

  /// A convolution of a geometry.
  package init(_ geometry: ConvolutionGeometry) {
    self.geometry = geometry
    forwardPass = GatherPass(geometry, isBackward: false)
    backwardPass = GatherPass(geometry, isBackward: true)
    weightPass = WeightGradientPass(geometry)
  }

  /// Floats of the forward pass's packed weights.
  package var packedCount: Int { forwardPass.packedCount }

  /// Floats of the packed weights that lead gradients back.
  package var backwardPackedCount: Int { backwardPass.packedCount }

  /// Floats of scratch that each thread needs, whatever the pass.
  package var scratchCount: Int {
    max(forwardPass.scratchCount, backwardPass.scratchCount, weightPass.scratchCount)
  }

  /// Floats of one thread's packed weight gradient.
  package var gradientCount: Int { weightPass.packedCount }

  /// Reorders plain weights for the forward pass.
  package func pack(_ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
    forwardPass.pack(plain, into: packed)
  }

  /// Reorders plain weights for the gradient of the input.
  package func packBackward(
    _ plain: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>
  ) {
    backwardPass.pack(plain, into: packed)
  }

  /// y = convolution of x, plus the bias of each output channel.
  @discardableResult
  package func forward(
    _ x: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    into y: UnsafeMutablePointer<Float>, images: Range<Int>, scratch: UnsafeMutablePointer<Float>,
    stop: StopCell = .none
  ) -> Bool {
    forwardPass.run(
      x, packed: packed, bias: bias, into: y, images: images, accumulate: false, scratch: scratch,
      stop: stop)
  }

  /// dx from dy, written or added; `packed` are weights of `packBackward`.
  @discardableResult
  package func backward(
    _ dy: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    into dx: UnsafeMutablePointer<Float>, images: Range<Int>, accumulate: Bool,
    scratch: UnsafeMutablePointer<Float>, stop: StopCell = .none
  ) -> Bool {
    backwardPass.run(
      dy, packed: packed, bias: nil, into: dx, images: images, accumulate: accumulate,
      scratch: scratch, stop: stop)
  }

  /// The packed weight gradient summed over a range of images.
  @discardableResult
  package func weightGradient(
    _ x: UnsafePointer<Float>, dy: UnsafePointer<Float>,
    into packed: UnsafeMutablePointer<Float>, images: Range<Int>,
    scratch: UnsafeMutablePointer<Float>, stop: StopCell = .none
  ) -> Bool {
    weightPass.run(x, dy: dy, into: packed, images: images, scratch: scratch, stop: stop)
  }

  /// Adds the packed gradients of `parts` threads in order and writes plain weights' gradient.
  package func unpackGradient(
    _ packed: UnsafeMutablePointer<Float>, parts: Int, into plain: UnsafeMutablePointer<Float>
  ) {
    for part in 1..<max(parts, 1) {
      Elementwise.accumulate(packed + part &* gradientCount, into: packed, count: gradientCount)
    }
    weightPass.unpack(packed, into: plain)
  }
}
