import Engine
import Networks
import Training

extension Observation {
  /// The loss is that of guessing and stays there.
  var chanceLoss: Finding? {
    guard comparesPlainClasses, let labels, baseline.losses.count >= Self.leastSteps,
      let start = baseline.start, let end = baseline.end, labels.isChance(start),
      labels.isChance(end), end > 0.995 * start
    else { return nil }
    let seen = lastRun.flatMap(Self.end)
    let run =
      seen.map { "the last run ended at \(Numbers.loss($0)), " } ?? ""
    return Finding(
      symptom: .chance,
      text:
        "\(run)the loss stays at \(labels.guess): \(Numbers.loss(start)) → \(Numbers.loss(end)) "
        + "in \(Numbers.count(baseline.losses.count, "step")) of a copy",
      meaning: "that is what guessing comes to: the outputs do not depend on the inputs yet",
      figures: [
        "guess": .number(labels.entropy), "start": .number(start), "end": .number(end),
        "steps": .integer(baseline.losses.count), "last_run": .optional(seen),
      ], remedies: awakening, needsProof: seen == nil && baseline.losses.count < Self.manySteps)
  }

  /// Steps from which on a curve says something, and from which on a network that is new should have left its place.
  static let (leastSteps, manySteps) = (20, 60)

  /// What may wake a network that learns nothing: other first weights, shortcuts, another rate.
  var awakening: [String] {
    var commands = recipe.scheme == .he ? [] : ["init he"]
    if let alike = network.alikeLayers {
      commands.append("wrap residual each \(alike); \(initialization)")
    }
    if rate > 0 {
      commands.append("\(command(rate: rate(times: 0.1))); \(initialization)")
      commands.append(command(rate: rate(times: 10)))
    }
    if !inputs.isScaled, request.data.normalization == nil {
      commands.append("normalize; \(initialization)")
    }
    return commands
  }

  /// The mean of the last losses of a run.
  static func end(of run: RunTrace) -> Double? {
    let losses = run.record.losses.suffix(max(10, run.record.losses.count / 10))
    return losses.isEmpty ? nil : losses.reduce(0) { $0 + Double($1) } / Double(losses.count)
  }
}
