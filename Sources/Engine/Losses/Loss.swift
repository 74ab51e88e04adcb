import Networks

/// What training makes small: the mean over the batch of one value per example, with Gluon's definitions.
///
/// Where there is a class at each position it is the mean over all positions of the batch, as PyTorch's.
package enum Loss: String, CaseIterable, Hashable, Sendable {
  /// −log softmax(output)[label].
  case crossEntropy = "cross_entropy"

  /// −log sigmoid(output) for the second of two classes, −log(1 − sigmoid(output)) for the first.
  case binaryCrossEntropy = "bce"

  /// The mean over the outputs of −t · log sigmoid(p) − (1 − t) · log(1 − sigmoid(p)), t from 0 to 1: a label for
  /// each output. It is typed as `bce`, too; the targets tell which of both it is.
  case multiLabel = "multi_label"

  /// The mean over the outputs of ½(p − t)².
  case l2

  /// The mean over the outputs of |p − t|.
  case l1

  /// The mean over the outputs of ½(p − t)² within a distance of 1, |p − t| − ½ beyond.
  case huber

  /// As it is typed.
  package var name: String { self == .multiLabel ? Self.binaryCrossEntropy.rawValue : rawValue }

  /// Whether targets are classes; otherwise they are numbers.
  package var comparesClasses: Bool { self == .crossEntropy || self == .binaryCrossEntropy }

  /// Whether answers are right or wrong, of which there is a share.
  package var hasAccuracy: Bool { comparesClasses || self == .multiLabel }

  /// How many answers that are right or wrong an output gives: one, or one for each label or position.
  func answers(of output: Shape) -> Int {
    if self == .multiLabel { return output.count }
    return comparesClasses ? output.spatial.reduce(1, *) : 1
  }

  /// How many classes an output of so many channels tells apart.
  package func classes(of channels: Int) -> Int {
    self == .binaryCrossEntropy ? 2 : channels
  }
}
