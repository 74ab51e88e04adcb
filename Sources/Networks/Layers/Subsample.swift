/// Keeps every stride-th position and appends channels of zeros, without parameters.
///
/// Shortcut option A of He et al. 2015.
package struct Subsample: Hashable, Sendable {
  /// Channels of the output, at least those of the input.
  package var channels: Int
  package var stride: Extents

  /// A subsampling to so many channels.
  package init(channels: Int, stride: Extents) {
    self.channels = channels
    self.stride = stride
  }
}
