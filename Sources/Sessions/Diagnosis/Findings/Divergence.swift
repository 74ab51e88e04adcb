import Training

extension Observation {
  /// The loss becomes no number in the next steps, or did in the last run.
  var divergence: Finding? {
    let offers = stabilizers
    if let fault = baseline.fault {
      return Finding(
        symptom: .diverged, path: fault.path,
        text: "the loss becomes \(Numbers.loss(fault.loss)) at step \(fault.step) of a copy"
          + (fault.path.map { ", first seen at \($0)" } ?? "") + last(before: baseline.losses.last),
        meaning: "a step went too far, and everything behind that block is no number any more",
        figures: [
          "loss": .number(fault.loss), "step": .integer(fault.step), "path": .optional(fault.path),
        ], remedies: offers)
    }
    guard case .diverged(let step, let loss, let path) = lastRun?.fault else { return nil }
    return Finding(
      symptom: .diverged, path: path,
      text: "the loss became \(Numbers.loss(loss)) at step \(step) of the last run"
        + (path.map { ", first seen at \($0)" } ?? "")
        + last(before: lastRun?.record.losses.last.map { Double($0) }),
      meaning:
        "a step went too far; the weights are those from before it, and a run goes on from them",
      figures: [
        "loss": .number(loss), "step": .integer(step), "path": .optional(path),
      ], remedies: offers)
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
