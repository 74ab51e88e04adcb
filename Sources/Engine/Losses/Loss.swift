/// What training makes small: the mean over the batch of one value per example, with Gluon's definitions.
package enum Loss: String, CaseIterable, Hashable, Sendable {
  /// −log softmax(output)[label].
  case crossEntropy = "cross_entropy"

  /// −log sigmoid(output) for the second of two classes, −log(1 − sigmoid(output)) for the first.
  case binaryCrossEntropy = "bce"

  /// The mean over the outputs of ½(p − t)².
  case l2

  /// The mean over the outputs of |p − t|.
  case l1

  /// The mean over the outputs of ½(p − t)² within a distance of 1, |p − t| − ½ beyond.
  case huber

  /// As it is typed.
  package var name: String { rawValue }

  /// Whether targets are classes; otherwise they are numbers.
  package var comparesClasses: Bool { self == .crossEntropy || self == .binaryCrossEntropy }

  /// How many classes an output of so many channels tells apart.
  package func classes(of channels: Int) -> Int {
    self == .binaryCrossEntropy ? 2 : channels
  }
}
