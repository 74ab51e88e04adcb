/// What the training loss has besides its kind; evaluation does without.
package struct LossTerms: Hashable, Sendable {
  /// The share of each label that all classes have between them, for cross entropy (Szegedy and others 2016).
  package var smoothing: Double

  /// A weight for each class, or none where all count alike, for cross entropy; outputs beyond have weight 1.
  package var weights: [Double]

  /// Smoothing and weights; neither unless said otherwise.
  package init(smoothing: Double = 0, weights: [Double] = []) {
    self.smoothing = smoothing
    self.weights = weights
  }

  /// Whether nothing is changed by them.
  var isPlain: Bool { smoothing == 0 && weights.isEmpty }
}
