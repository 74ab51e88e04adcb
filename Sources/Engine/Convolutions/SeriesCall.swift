import Kernels

/// A convolution of series at an address that instructions keep; freed with its owner.
final class SeriesCall {
  let convolution: UnsafeMutablePointer<SeriesConvolution>

  init(_ geometry: ConvolutionGeometry) {
    convolution = .allocate(capacity: 1)
    convolution.initialize(to: SeriesConvolution(geometry))
  }

  deinit {
    convolution.deinitialize(count: 1)
    convolution.deallocate()
  }
}
