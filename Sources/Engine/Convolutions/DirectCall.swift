import Kernels

/// A convolution of our own at an address that instructions keep; freed with its owner.
final class DirectCall {
  let convolution: UnsafeMutablePointer<DirectConvolution>

  init(_ geometry: ConvolutionGeometry) {
    convolution = .allocate(capacity: 1)
    convolution.initialize(to: DirectConvolution(geometry))
  }

  deinit {
    convolution.deinitialize(count: 1)
    convolution.deallocate()
  }
}
