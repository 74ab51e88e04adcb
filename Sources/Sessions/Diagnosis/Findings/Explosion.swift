import Networks
import Training

extension Observation {
  /// What passes grows so much from block to block that the loss is far beyond that of guessing.
  var explosion: Finding? {
    let traces = layers.compactMap { layer in layer.trace.map { (layer.path, $0.deviation) } }
    guard let last = traces.last(where: { $0.1.isFinite }), last.1 > 0 else { return nil }
    let begin = max(traces.first?.1 ?? 1, inputs.deviation, 1e-12)
    let growth = last.1 / begin
    let isFar = labels.map { loss > 10 * max($0.even, 0.1) } ?? (growth > 1e4)
    guard growth > 100, isFar || !loss.isFinite else { return nil }
    let shortcuts = residualCount
    let cause =
      bareResiduals != nil && shortcuts > 0
      ? "\(Numbers.count(shortcuts, "shortcut")) after `\(initialization)` explode"
      : "activations explode"
    return Finding(
      symptom: .exploding, path: last.0,
      text: "\(cause): the standard deviation grows from \(Self.number(begin)) to "
        + "\(Self.number(last.1)) at \(last.0), the loss is \(Numbers.loss(loss))",
      meaning: bareResiduals == nil
        ? "each layer makes what passes it larger, and gradients grow the same way back"
        : "each sum adds a body as large as its input, so what passes grows from block to block",
      figures: [
        "first_deviation": .number(begin), "deviation": .number(last.1), "loss": .number(loss),
        "residuals": .integer(shortcuts),
      ], remedies: stabilizers)
  }

  private var residualCount: Int {
    var count = 0
    network.walk { block, _ in if case .residual = block.form { count += 1 } }
    return count
  }
}
