/// The extents of a batch of activations, channels-last: `[images, height, width, channels]`.
///
/// Series have height 1; features have height and width 1.
package struct Extent: Hashable {
  package var images: Int
  package var height: Int
  package var width: Int
  package var channels: Int

  /// So many images of so many positions and channels.
  package init(images: Int, height: Int, width: Int, channels: Int) {
    self.images = images
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// Positions of one image.
  package var positions: Int { height * width }

  /// Rows of channels.
  package var rows: Int { images * positions }

  /// All values.
  package var count: Int { rows * channels }

  package var plane: ConvolutionGeometry.Plane {
    ConvolutionGeometry.Plane(channels: channels, height: height, width: width)
  }
}
