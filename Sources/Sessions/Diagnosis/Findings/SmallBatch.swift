import Networks

extension Observation {
  /// Batch normalization takes its statistics of a handful of values.
  var smallBatch: Finding? {
    let batch = min(recipe.batchSize, request.data.train.count)
    let counts = layers.compactMap { layer -> (path: String, values: Int)? in
      guard case .batchNormalization = layer.layer,
        let input = network.facts[layer.block]?.input
      else { return nil }
      return (layer.path, batch * max(1, input.count / max(1, input.channels)))
    }
    guard let least = counts.min(by: { $0.values < $1.values }), least.values <= 8 else {
      return nil
    }
    let others = counts.count { $0.values <= 8 } - 1
    let running = baselineEvaluated.map { ", \(Numbers.loss($0)) with running ones" } ?? ""
    return Finding(
      symptom: .statistics, path: least.path,
      text:
        "a batch of \(batch) gives \(least.path) \(Numbers.count(least.values, "value")) of each "
        + "channel" + (others > 0 ? ", and \(Numbers.count(others, "other layer")) as few" : "")
        + (baseline.end.map {
          "; after \(Numbers.count(baseline.losses.count, "step")) the loss is "
            + "\(Numbers.loss($0)) with the batch's statistics\(running)"
        } ?? ""),
      meaning:
        "means and variances of so few values change from batch to batch; evaluate uses running ones",
      figures: [
        "batch": .integer(batch), "values": .integer(least.values),
        "loss": .optional(baseline.end), "evaluated_loss": .optional(baselineEvaluated),
      ], remedies: request.data.train.count > 32 ? ["batch 32"] : [], measure: .evaluated)
  }
}
