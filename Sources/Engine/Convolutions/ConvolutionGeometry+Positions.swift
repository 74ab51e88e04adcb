import Kernels

extension ConvolutionGeometry {
  /// Whether each output position reads one input position, all channels of it; positions between them may be left out.
  var readsSinglePositions: Bool {
    groups == 1 && output.height == (input.height - 1) / vertical.stride + 1
      && output.width == (input.width - 1) / horizontal.stride + 1
      && [vertical, horizontal].allSatisfy { $0.kernel == 1 && $0.before == 0 && $0.after == 0 }
  }

  /// The copy of the positions that are read; nothing where all are.
  var positionsRead: SubsampleKernel? {
    if vertical.stride == 1, horizontal.stride == 1 { return nil }
    return SubsampleKernel(
      images: images, height: input.height, width: input.width, channels: input.channels,
      strideHeight: vertical.stride, strideWidth: horizontal.stride,
      outputChannels: input.channels)
  }
}
