import Kernels
import Networks

extension Extent {
  /// The extent of a batch of examples of one shape.
  init(_ shape: Shape, images: Int) {
    let spatial = shape.spatial
    self.init(
      images: images, height: spatial.count == 2 ? spatial[0] : 1, width: spatial.last ?? 1,
      channels: shape.channels)
  }
}

extension ConvolutionGeometry {
  /// The geometry of a convolution layer over an input of a well-shaped network.
  init(_ layer: Convolution, input: Extent, output: Extent, inputShape: Shape)
    throws(ShapeFault)
  {
    let windows = try layer.windows(over: inputShape)
    let axes = Self.axes(windows)
    self.init(
      images: input.images, groups: layer.groups, input: input.plane, output: output.plane,
      vertical: axes.vertical, horizontal: axes.horizontal)
  }

  /// The geometry of the convolution that a transposed one runs backwards, over an input of a well-shaped network.
  init(_ layer: TransposedConvolution, input: Extent, output: Extent, inputShape: Shape)
    throws(ShapeFault)
  {
    let windows = try layer.windows(over: inputShape)
    let axes = windows.kernel.indices.map { index in
      Axis(
        kernel: windows.kernel[index], stride: windows.stride[index],
        dilation: windows.dilation[index], before: windows.cut[index].before,
        after: windows.cut[index].after)
    }
    self.init(
      images: input.images, groups: layer.groups, input: output.plane, output: input.plane,
      vertical: axes.count == 2 ? axes[0] : Axis(), horizontal: axes.last ?? Axis())
  }

  /// Vertical and horizontal axes of windows over one or two dimensions.
  static func axes(_ windows: Windows) -> (vertical: Axis, horizontal: Axis) {
    let axes = windows.kernel.indices.map { index in
      Axis(
        kernel: windows.kernel[index], stride: windows.stride[index],
        dilation: windows.dilation[index], before: windows.padding[index].before,
        after: windows.padding[index].after)
    }
    return axes.count == 2 ? (axes[0], axes[1]) : (Axis(), axes.first ?? Axis())
  }
}

extension PoolingWindow {
  /// The window of a pooling layer over an input of a well-shaped network.
  init(_ layer: Pooling, input: Extent, output: Extent, inputShape: Shape) throws(ShapeFault) {
    let windows = try layer.windows(over: inputShape)
    let axes = ConvolutionGeometry.axes(windows)
    self.init(
      images: input.images, height: input.height, width: input.width, channels: input.channels,
      kernelHeight: axes.vertical.kernel, kernelWidth: axes.horizontal.kernel,
      strideHeight: axes.vertical.stride, strideWidth: axes.horizontal.stride,
      padTop: axes.vertical.before, padLeft: axes.horizontal.before,
      padBottom: axes.vertical.after, padRight: axes.horizontal.after,
      outputHeight: output.height, outputWidth: output.width)
  }
}
