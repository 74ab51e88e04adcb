/// What a leaf of the tree computes.
///
/// Closed on purpose: a new layer is a new case, and every `switch` without `default` then lists what it lacks.
package enum Layer: Hashable, Sendable {
  case convolution(Convolution)
  case dense(Dense)
  case batchNormalization(BatchNormalization)
  case activation(Activation)
  case pooling(Pooling)
  case globalPooling(GlobalPooling)
  case flatten
  case dropout(Dropout)
  case scale(Scale)
  case subsample(Subsample)
  case identity
}
