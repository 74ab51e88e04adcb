/// A convolution over channels-last images; one dimension has height 1.
///
/// Dilation is 1 where taps are neighbours. Output extents are given by the caller.
package struct ConvolutionGeometry: Hashable, Sendable {
  package var images: Int
  package var groups: Int
  package var input: Plane
  package var output: Plane
  package var vertical: Axis
  package var horizontal: Axis

  /// Channels, height and width of one side.
  package struct Plane: Hashable, Sendable {
    package var channels: Int
    package var height: Int
    package var width: Int

    /// A tensor of so many channels and positions.
    package init(channels: Int, height: Int, width: Int) {
      self.channels = channels
      self.height = height
      self.width = width
    }

    /// Positions of one image.
    package var positions: Int { height &* width }

    /// Floats of one image.
    package var count: Int { height &* width &* channels }
  }

  /// The window along one dimension.
  package struct Axis: Hashable, Sendable {
    package var kernel: Int
    package var stride: Int
    package var dilation: Int
    package var before: Int
    package var after: Int

    /// Joins the numbers of a convolution, which must agree.
    package init(
      kernel: Int = 1, stride: Int = 1, dilation: Int = 1, before: Int = 0, after: Int = 0
    ) {
      self.kernel = kernel
      self.stride = stride
      self.dilation = dilation
      self.before = before
      self.after = after
    }
  }

  /// Joins the numbers of a convolution, which must agree.
  package init(
    images: Int, groups: Int, input: Plane, output: Plane, vertical: Axis, horizontal: Axis
  ) {
    self.images = images
    self.groups = groups
    self.input = input
    self.output = output
    self.vertical = vertical
    self.horizontal = horizontal
  }

  /// Taps of the window.
  package var taps: Int { vertical.kernel &* horizontal.kernel }

  package var groupInputs: Int { input.channels / groups }

  package var groupOutputs: Int { output.channels / groups }

  /// Whether every channel is convolved alone, so that vectors of channels meet vectors of weights.
  package var isDepthwise: Bool { groups > 1 && groupInputs == 1 && groupOutputs == 1 }

  /// Whether each output position reads the one input position in its place, all channels of it.
  package var isPointwise: Bool {
    groups == 1
      && [vertical, horizontal].allSatisfy {
        $0.kernel == 1 && $0.stride == 1 && $0.before == 0 && $0.after == 0
      }
  }

  /// Values of the plain weights `[outputs, inputs / groups, height, width]`.
  package var weightCount: Int { output.channels &* groupInputs &* taps }

  /// Multiply-adds of one pass over all images.
  package var multiplyAdds: Int { images &* output.positions &* weightCount }
}
