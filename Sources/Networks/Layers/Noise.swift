/// Adds normal noise of mean 0 while training.
package struct Noise: Hashable, Sendable {
  /// The standard deviation of the noise.
  package var deviation: Double

  /// Noise of a standard deviation.
  package init(deviation: Double) { self.deviation = deviation }
}

extension Noise: LayerDefinition {
  static let row = KindRow(
    "adds normal noise while training", .regularization, aliases: ["gaussiannoise"],
    [
      .positional(
        "sd", .number(0...1000), default: "0.1", "standard deviation", also: ["stddev"])
    ]
  ) { .noise(Noise(deviation: $0.number("sd"))) }

  func write(to arguments: inout Arguments) { arguments["sd"] = .number(deviation) }
  var kind: Kind { .noise }
}
