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
