/// A convolution of our own at an address that instructions keep; freed with its owner.
final class ConvolutionCall<Convolution> {
  let convolution: UnsafeMutablePointer<Convolution>

  init(_ convolution: Convolution) {
    self.convolution = .allocate(capacity: 1)
    self.convolution.initialize(to: convolution)
  }

  deinit {
    convolution.deinitialize(count: 1)
    convolution.deallocate()
  }
}
