/// What is measured besides the loss.
package struct Measures: Hashable, Sendable {
  /// Whether there are metrics.
  package var metrics = false

  /// Whether these have a matrix of classes.
  package var matrix = false

  /// How many of the worst mistakes are kept.
  package var mistakes = 0

  /// The loss and the accuracy alone.
  package static let loss = Measures()

  /// Metrics without a matrix.
  package static let figures = Measures(metrics: true)

  /// Metrics, with a matrix where that is said, and so many mistakes.
  package init(metrics: Bool = false, matrix: Bool = false, mistakes: Int = 0) {
    self.metrics = metrics || matrix
    self.matrix = matrix
    self.mistakes = mistakes
  }
}
