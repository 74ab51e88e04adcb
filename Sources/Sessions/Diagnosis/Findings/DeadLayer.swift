import Engine
import Networks

extension Observation {
  /// Most channels behind a relu are zero for all examples.
  var deadLayer: Finding? {
    guard let worst = dyingLayers.max(by: { ($0.share, $1.path) < ($1.share, $0.path) }),
      worst.share >= Self.deadShare
    else { return nil }
    let others = dyingLayers.count { $0.share >= Self.deadShare } - 1
    let more = others > 0 ? "; so is most of \(Numbers.count(others, "other layer"))" : ""
    let smaller = rate > 0 ? [command(rate: rate(times: 0.1))] : []
    let redrawn = recipe.scheme == .he ? [] : ["init he"]
    return Finding(
      symptom: .dead, path: worst.path,
      text: "\(worst.path) is dead in \(Numbers.percent(worst.share)) of its "
        + "\(Numbers.count(worst.channels, "channel")): zero for all "
        + "\(Numbers.count(count, "example"))\(more)",
      meaning:
        "where a relu puts out zero for every example no gradient passes it, so it stays zero",
      figures: [
        "dead_channels": .number(worst.share), "channels": .integer(worst.channels),
        "examples": .integer(count), "other_layers": .integer(others),
      ],
      remedies: [initialization] + redrawn
        + smaller.flatMap { rate in
          ["\(rate); \(initialization)"] + redrawn.map { "\(rate); \($0)" }
        } + ["replace \(worst.path) leaky; \(initialization)"].filter { _ in worst.isRelu })
  }

  /// Whether nothing passes a layer any more.
  var isDead: Bool { dyingLayers.contains { $0.share >= 0.99 } }

  /// The share of channels of a layer from which on it counts as dead.
  static let deadShare = 0.5

  /// Layers that are or end in a relu, with the share of channels that are zero for all examples.
  var dyingLayers: [DyingLayer] { layers.dying(in: network) }
}

/// A layer that is or ends in a relu.
struct DyingLayer: Sendable {
  let path: String

  /// The share of its channels that are zero for all examples.
  let share: Double
  let channels: Int

  /// Whether it is a relu and nothing else.
  let isRelu: Bool
}

extension [ObservedLayer] {
  /// Layers that are or end in a relu.
  ///
  /// What enters as zeros, from a residual body that adds nothing yet, has not died.
  func dying(in network: Network) -> [DyingLayer] {
    compactMap { layer in
      guard layer.activation?.function == .relu, !layer.isSilent, let trace = layer.trace,
        trace.minimum == 0, trace.isFinite, let output = network.facts[layer.block]?.output
      else { return nil }
      let isRelu = if case .activation = layer.layer { true } else { false }
      if isRelu, let source = layer.source, source.minimum == 0, source.maximum == 0 { return nil }
      return DyingLayer(
        path: layer.path, share: trace.deadChannels, channels: output.channels, isRelu: isRelu)
    }
  }
}
