/// Kinds of blocks that share a hue, in the tree and in pictures.
package enum KindFamily: Hashable, CaseIterable, Sendable {
  case convolution
  case dense
  case normalization
  case activation
  case pooling
  case shaping
  case regularization
  case container
  case shortcut
}

extension Kind {
  /// The family that the kind belongs to.
  package var family: KindFamily {
    switch self {
    case .convolution, .convolution1D, .convolution2D: .convolution
    case .dense: .dense
    case .batchNormalization, .scale: .normalization
    case .function, .activation: .activation
    case .maximumPooling, .averagePooling, .globalAveragePooling, .globalMaximumPooling,
      .lastPosition:
      .pooling
    case .subsample, .flatten, .identity: .shaping
    case .dropout: .regularization
    case .sequential, .residual, .parallel, .repeated, .squeezeExcite, .highway, .rezero,
      .preactivation:
      .container
    }
  }
}
