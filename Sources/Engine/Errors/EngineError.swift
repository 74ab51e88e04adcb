import Networks

/// Why a network cannot be trained or run as asked, as facts.
package enum EngineError: Error, Hashable, Sendable {
  /// Batch normalization in training with a single value for each channel, which has no variance.
  case singleValueNormalization(path: String, block: BlockID)

  /// More memory than the machine has to give, in bytes.
  case memory(needed: Int, available: Int)

  /// A batch without examples, or of more than the engine counts.
  case batchSize(Int)

  /// Inputs of another shape than the network's.
  case inputShape(expected: Shape, found: Shape)

  /// A loss over classes for an output that still has positions.
  case outputHasPositions(loss: Loss, output: Shape)

  /// A label beyond the outputs of the network.
  case label(Int, outputs: Int)

  /// Targets of the other kind than the loss compares with.
  case targetKind(loss: Loss)

  /// Examples without targets where a loss is wanted.
  case noTargets

  /// Other target values for each example than the output has.
  case targetShape(expected: Shape, found: [Int])

  /// A kernel that refused to run, with its status.
  case kernel(path: String, status: Int)

  /// A network without inferred shapes; no network is.
  case unshaped(path: String)
}
