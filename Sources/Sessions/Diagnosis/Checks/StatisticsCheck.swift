import Engine
import Networks
import Training

/// Batch normalization by running statistics beside that by those of the batch.
struct StatisticsCheck: Sendable {
  private let layers: Int
  private let isFresh: Bool
  private let (training, evaluated): (Double, Double)

  /// Looks at some training examples.
  init(_ copy: NetworkCopy, examples: Int) throws(EngineError) {
    let network = copy.request.network
    let rows = copy.sample(examples)
    layers = LayerReader(network, [], [:]).layers.count {
      if case .batchNormalization = $0.layer { true } else { false }
    }
    let values = try copy.parameters()
    isFresh =
      copy.request.learned.steps == 0
      && network.parameters.allSatisfy { specification in
        specification.key.role != .runningMean
          || values[specification.key]?.values.allSatisfy { $0 == 0 } != false
      }
    training = try copy.trainingLoss(on: rows).loss
    evaluated = try copy.evaluate(copy.request.data.train, rows: rows).loss
  }

  /// Fine where evaluation is not far worse than training; nothing where nothing is normalized.
  var result: CheckResult? {
    guard layers > 0 else { return nil }
    let text =
      "loss \(Numbers.loss(training)) by the batch's statistics, \(Numbers.loss(evaluated)) by running ones"
    let isFar = !(evaluated < 2 * training + 0.5)
    return CheckResult(
      name: "batch norm", verdict: isFresh ? .open : isFar ? .wrong : .fine,
      text: isFresh ? text + ", which no step has gathered yet" : text,
      figures: [
        "layers": .integer(layers), "loss": .number(training),
        "evaluated_loss": .number(evaluated),
      ])
  }
}
