/// Batch normalization over all axes but the channels (Ioffe and Szegedy 2015).
///
/// Weight (gamma), bias (beta), running mean and running variance are `[channels]`.
package struct BatchNormalization: Hashable, Sendable {
  /// The share of the running statistics that stays, in Gluon's sense: running = m · running + (1 − m) · batch.
  package var momentum = 0.9

  /// Added to the variance under the root.
  package var epsilon = 1e-5

  /// Whether there is a learnable gamma.
  package var hasScale = true

  /// Whether there is a learnable beta.
  package var hasCenter = true

  /// Whether training, too, normalizes by the running statistics, which then stay as they are: Gluon's
  /// `use_global_stats`, a layer in evaluation mode in PyTorch.
  package var usesRunningStatistics = false

  /// Gluon's defaults.
  package init() {}
}
