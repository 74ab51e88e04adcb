import Engine
import Networks
import Training

/// Relus whose channels are zero for all examples.
struct LiveRelus: Sendable {
  private let worst: (path: String, share: Double)?
  private let count: Int

  /// Looks at some training examples.
  init(_ copy: NetworkCopy, of blocks: Set<BlockID>?, examples: Int) throws(EngineError) {
    let rows = copy.sample(examples)
    let layers = LayerReader(copy.request.network, try copy.trace(rows), [:]).layers
      .filter { blocks?.contains($0.block) != false }
    worst = layers.dying(in: copy.request.network).map { ($0.path, $0.share) }
      .max { $0.1 < $1.1 }
    count = rows.count
  }

  /// Fine where fewer than half the channels of each layer are dead; nothing where there is no relu.
  var result: CheckResult? {
    guard let worst else { return nil }
    return CheckResult(
      name: "relus", verdict: worst.share >= Observation.deadShare ? .wrong : .fine,
      text: "\(Numbers.percent(worst.share)) of the channels of \(worst.path) are zero for all "
        + "\(Numbers.count(count, "example")); no layer has more",
      figures: [
        "dead_channels": .number(worst.share), "path": .text(worst.path),
        "examples": .integer(count),
      ])
  }
}
