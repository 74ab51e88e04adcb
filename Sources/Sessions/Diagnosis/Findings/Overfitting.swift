import Networks
import Training

extension Observation {
  /// The loss on test examples is far from that on those that were learned.
  var overfitting: Finding? {
    guard !isFresh, let tested, tested.count >= 20, evaluated.loss.isFinite,
      tested.loss > 2 * evaluated.loss, tested.loss - evaluated.loss > Self.leastGap
    else { return nil }
    if kind.hasAccuracy, evaluated.accuracy - tested.accuracy < 0.05 { return nil }
    let shares =
      kind.hasAccuracy
      ? ", accuracy \(Numbers.percent(evaluated.accuracy)) and \(Numbers.percent(tested.accuracy))"
      : ""
    return Finding(
      symptom: .overfitting,
      text:
        "the loss is \(Numbers.loss(evaluated.loss)) on train and \(Numbers.loss(tested.loss)) on "
        + "test\(shares)\(leastTest)",
      meaning: "the examples were learned by heart, rather than what they have in common",
      figures: [
        "train_loss": .number(evaluated.loss), "test_loss": .number(tested.loss),
        "train_accuracy": .optional(kind.hasAccuracy ? evaluated.accuracy : nil),
        "test_accuracy": .optional(kind.hasAccuracy ? tested.accuracy : nil),
      ], remedies: restraints, measure: .test)
  }

  private static let leastGap = 0.1

  /// Where the test loss of the last run was least, if that was before its end.
  private var leastTest: String {
    guard let tests = lastRun?.record.tests, let last = tests.last,
      let least = tests.min(by: { $0.loss < $1.loss }), least.loss < 0.9 * last.loss
    else { return "" }
    return "; on test it was least, \(Numbers.loss(Double(least.loss))), after step "
      + Numbers.grouped(least.step)
  }

  /// What may keep a network from learning by heart, from first weights on.
  private var restraints: [String] {
    var commands: [String] = []
    if let last = network.root.children.last, last.kind == .dense,
      !layers.contains(where: { if case .dropout = $0.layer { true } else { false } })
    {
      commands.append("insert dropout 0.5 before \(last.name); \(initialization)")
    }
    if recipe.optimizer.weightDecay == 0 {
      commands.append("optimizer wd=0.01; \(initialization)")
    }
    return commands
  }
}
