import Engine

/// How a network learns.
package struct Recipe: Hashable, Sendable {
  /// How examples come together in steps and updates.
  package var batching = Batching()

  /// Examples in one step.
  package var batchSize: Int {
    get { batching.size }
    set { batching.size = newValue }
  }

  /// What is made small, or nothing for what suits the targets: cross entropy for classes, L2 for numbers.
  package var loss: Loss?

  /// The share of each label that all classes have between them, for cross entropy.
  package var smoothing = 0.0

  /// How much the examples of each class count, for cross entropy.
  package var classWeights = ClassWeights.even
  package var optimizer = Optimizer.sgd

  /// What becomes of the learning rate during a run.
  package var schedule = Schedule.constant

  /// How gradients are clipped.
  package var clipping: Clipping?
  package var seed: UInt64 = 1

  /// Threads for large networks, or nothing for as many as suit.
  package var threads: Int?

  /// Who computes convolutions where that was measured on this machine; nothing where all follow the rule.
  package var choices: ConvolutionChoices?

  /// In which numbers operands of products are.
  package var precision = Precision.float32

  /// How examples to train on are changed at random.
  package var augmentation = Augmentation()

  /// How new weights are drawn.
  package var scheme = Initializer.he

  /// Gluon's and PyTorch's usual beginnings.
  package init() {}

  /// The learning rate and what becomes of it.
  package var rates: RatePlan { RatePlan(optimizer.learningRate, schedule) }

  /// The loss on some data: what suits the targets where none was named; of numbers `bce` takes each for a label.
  package func loss(for data: Dataset) -> Loss {
    guard let loss else { return data.naturalLoss }
    if loss == .binaryCrossEntropy, case .values = data.train.targets { return .multiLabel }
    return loss
  }

  /// What the training loss on some data has besides its kind.
  package func terms(for data: Dataset) -> LossTerms {
    guard loss(for: data) == .crossEntropy else { return LossTerms() }
    return LossTerms(smoothing: smoothing, weights: classWeights.values(for: data.train))
  }
}
