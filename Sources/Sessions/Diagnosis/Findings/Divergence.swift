import Training

extension Observation {
  /// The loss becomes no number in the next steps, as it may have done in the last run.
  var divergence: Finding? {
    guard let fault = baseline.fault else { return nil }
    var (path, step, loss) = (fault.path, fault.step, fault.loss)
    var text = "the loss becomes \(Numbers.loss(loss)) at step \(step) of a copy"
    var before = baseline.losses.last
    if case .diverged(let at, let found, let place) = lastRun?.fault {
      (path, step, loss) = (place, at, found)
      text = "the loss became \(Numbers.loss(loss)) at step \(step) of the last run"
      before = lastRun?.record.losses.last.map { Double($0) }
    }
    return Finding(
      symptom: .diverged, path: path,
      text: text + (path.map { ", first seen at \($0)" } ?? "") + last(before: before),
      meaning: "a step went too far, and everything after that block is no number any more",
      figures: [
        "loss": .number(loss), "step": .integer(step), "path": .optional(path),
        "before": .optional(before),
      ], remedies: stabilizers)
  }

  private func last(before loss: Double?) -> String {
    loss.map { "; it was \(Numbers.loss($0)) a step before" } ?? ""
  }

  /// What may keep a loss finite: silent bodies where sums grow, a smaller rate, clipping, other first weights.
  var stabilizers: [String] {
    var commands: [String] = []
    if let bareResiduals { commands.append("wrap rezero each \(bareResiduals); init he") }
    if rate > 0 {
      commands.append(command(rate: rate(times: 0.1)))
      commands.append("\(command(rate: rate(times: 0.1))); \(initialization)")
    }
    if recipe.clipping == nil { commands.append("clip norm=1") }
    if recipe.scheme != .he { commands.append("init he") }
    if !inputs.isScaled, request.data.normalization == nil {
      commands.append("normalize; \(initialization)")
    }
    return commands
  }
}
