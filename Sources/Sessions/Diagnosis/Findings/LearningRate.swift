import Networks

extension Observation {
  /// Steps as long as these do not lower the loss, shorter ones do.
  var highRate: Finding? {
    guard rate > 0, !isStuck, let first = baseline.losses.first, let start = baseline.start,
      let end = farFromLearned(0.25), end >= 0.9 * first || start > 1.5 * first
    else { return nil }
    return Finding(
      symptom: .rateTooHigh,
      text: moved("lr \(Numbers.typed(rate)) is too high", first, end)
        + (start > 1.5 * first ? ", by way of \(Numbers.loss(start))" : ""),
      meaning: "the steps are so long that they leap over what they are to reach",
      figures: figures(first, end),
      remedies: [0.1, 0.01].map { command(rate: rate(times: $0)) }, share: 0.7, needsProof: true)
  }

  /// Steps as short as these hardly lower the loss, longer ones do.
  var lowRate: Finding? {
    guard !isStuck, let start = baseline.start, let end = farFromLearned(0.5),
      end >= 0.9 * start
    else { return nil }
    let rates = rate > 0 ? [10, 100, 1000].map { rate(times: $0) } : [0.1, 0.001]
    return Finding(
      symptom: .rateTooLow, text: moved("lr \(Numbers.typed(rate)) is too low", start, end),
      meaning: "the steps are so short that nothing much is reached by them",
      figures: figures(start, end),
      remedies: rates.filter { $0 <= 1000 }.map { command(rate: $0) }, share: 0.7, needsProof: true)
  }

  /// The last losses of the copy, where they are more than a share of what guessing comes to.
  private func farFromLearned(_ share: Double) -> Double? {
    guard let end = baseline.end, baseline.losses.count >= Self.leastSteps,
      labels.map({ end > share * $0.entropy }) ?? true
    else { return nil }
    return end
  }

  /// Whether something else was found that no rate alone mends.
  private var isStuck: Bool {
    chanceLoss != nil || frozenStandstill != nil || explosion != nil || isDead
  }

  private func moved(_ what: String, _ start: Double, _ end: Double) -> String {
    "\(what): \(Numbers.count(baseline.losses.count, "step")) moved the loss from "
      + "\(Numbers.loss(start)) to \(Numbers.loss(end))"
  }

  private func figures(_ start: Double, _ end: Double) -> JSON {
    [
      "lr": .number(rate), "start": .number(start), "end": .number(end),
      "steps": .integer(baseline.losses.count),
    ]
  }
}
