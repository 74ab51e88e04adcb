import Engine

/// How a network learns.
package struct Recipe: Hashable, Sendable {
  /// Examples in one step.
  package var batchSize = 32

  /// What is made small, or nothing for what suits the targets: cross entropy for classes, L2 for numbers.
  package var loss: Loss?
  package var optimizer = Optimizer.sgd
  package var seed: UInt64 = 1

  /// Threads for large networks, or nothing for as many as suit.
  package var threads: Int?

  /// How new weights are drawn.
  package var scheme = Initializer.he

  /// Gluon's and PyTorch's usual beginnings.
  package init() {}
}
