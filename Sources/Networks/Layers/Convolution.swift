/// A convolution over one or two spatial dimensions.
///
/// The weight is `[channels, inputChannels / groups, kernel…]`, the bias `[channels]`.
package struct Convolution: Hashable, Sendable {
  package var channels: Int
  package var kernel: Extents
  package var stride = Extents(1)
  package var padding = Padding.same
  package var dilation = Extents(1)
  package var groups = 1
  package var hasBias = true

  /// What the bias starts at, whatever the scheme; nothing leaves it to the scheme.
  package var biasStart: Double?

  /// Applied to the sum and bias, as Gluon's `activation` argument.
  package var activation: Activation?

  /// The number of spatial dimensions insisted on by `conv1d` and `conv2d`, or any.
  package var insistedRank: Int?

  /// A convolution with the usual defaults.
  package init(channels: Int, kernel: Extents) {
    self.channels = channels
    self.kernel = kernel
  }
}
