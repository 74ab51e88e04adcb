/// The largest or the mean value of a sliding window.
package struct Pooling: Hashable, Sendable {
  /// What is taken of each window.
  package enum Kind: Hashable, Sendable {
    case maximum

    /// Padded zeros count as values, as Gluon's and PyTorch's defaults have it.
    case average
  }

  package var kind: Kind
  package var size: Extents

  /// Nothing means as much as `size`.
  package var stride: Extents?
  package var padding = Padding(0)

  /// Whether a last, partial window counts.
  package var roundsUp = false

  /// Windows beside each other, without padding.
  package init(kind: Kind, size: Extents) {
    self.kind = kind
    self.size = size
  }
}

/// One value of each channel for all positions; only the channels are left.
package enum GlobalPooling: Hashable, Sendable {
  /// The mean over the positions.
  case average

  /// The largest over the positions.
  case maximum

  /// The value at the last position of a series.
  case last
}
