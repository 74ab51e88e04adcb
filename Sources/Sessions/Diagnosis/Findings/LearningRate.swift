import Networks

extension Observation {
  /// Steps as long as these do not lower the loss, shorter ones do.
  var highRate: Finding? {
    guard rate > 0, let first = baseline.losses.first, let (start, end) = standstill(1, from: first)
    else { return nil }
    return Finding(
      symptom: .rateTooHigh,
      text: moved("lr \(Numbers.typed(rate)) is too high", start, end),
      meaning: "the steps are so long that they leap over what they are to reach",
      figures: figures(start, end),
      remedies: [0.1, 0.01].map { command(rate: rate(times: $0)) }, share: 0.7, needsProof: true)
  }

  /// Steps as short as these hardly lower the loss, longer ones do.
  var lowRate: Finding? {
    guard let first = baseline.start, let (start, end) = standstill(0.9, from: first) else {
      return nil
    }
    let rates = rate > 0 ? [10, 100].map { rate(times: $0) } : [0.1, 0.001]
    return Finding(
      symptom: .rateTooLow, text: moved("lr \(Numbers.typed(rate)) is too low", start, end),
      meaning: "the steps are so short that nothing much is reached by them",
      figures: figures(start, end),
      remedies: rates.filter { $0 <= 1000 }.map { command(rate: $0) }, share: 0.7, needsProof: true)
  }

  /// The first and last losses of the copy where they are far from learned and fell to no less than a share.
  private func standstill(_ share: Double, from start: Double) -> (start: Double, end: Double)? {
    guard let end = baseline.end,
      baseline.losses.count >= Self.leastSteps, end >= share * start,
      labels.map({ end > 0.25 * $0.entropy }) ?? true
    else { return nil }
    return (start, end)
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
