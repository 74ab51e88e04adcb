import Networks

extension Observation {
  /// Blocks are frozen, and the loss does not move.
  var frozenStandstill: Finding? {
    let (all, frozen) = (network.learnableCount, network.frozenCount)
    guard frozen > 0, all > 0 else { return nil }
    let moves = (baseline.end ?? 0) < 0.97 * (baseline.start ?? 0)
    guard frozen == all || !moves else { return nil }
    let still =
      frozen == all
      ? "nothing is left to learn"
      : "\(Numbers.count(baseline.losses.count, "step")) moved the loss from "
        + "\(Numbers.loss(baseline.start ?? loss)) to \(Numbers.loss(baseline.end ?? loss))"
    return Finding(
      symptom: .frozen,
      text: "\(Numbers.grouped(frozen)) of \(Numbers.grouped(all)) parameters are frozen "
        + "(\(Numbers.percent(Double(frozen) / Double(all)))): \(still)",
      meaning: "training leaves frozen blocks as they are, whatever their gradients",
      figures: ["frozen": .integer(frozen), "learnable": .integer(all)], remedies: ["unfreeze *"])
  }
}
