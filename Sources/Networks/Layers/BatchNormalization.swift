/// Batch normalization over all axes but the channels (Ioffe and Szegedy 2015).
///
/// Weight (gamma), bias (beta), running mean and running variance are `[channels]`.
package struct BatchNormalization: Hashable, Sendable {
  /// The share of the running statistics that stays, in Gluon's sense: running = m · running + (1 − m) · batch.
  package var momentum = 0.9

  /// Added to the variance under the root.
  package var epsilon = 1e-5

  /// Whether there is a learnable gamma.
  package var hasScale = true

  /// Whether there is a learnable beta.
  package var hasCenter = true

  /// Whether training, too, normalizes by the running statistics, which then stay as they are: Gluon's
  /// `use_global_stats`, a layer in evaluation mode in PyTorch.
  package var usesRunningStatistics = false

  /// Whether training on several processes normalizes by the examples of all of them.
  ///
  /// It is PyTorch's `SyncBatchNorm`; on one process it is as without.
  package var isSynchronized = false

  /// Gluon's defaults.
  package init() {}
}

extension BatchNormalization: LayerDefinition {
  static let row = KindRow(
    "batch normalization over all axes but the channels", .normalization, aliases: ["batchnorm"],
    [
      .keyed(
        "momentum", .number(0...1), default: "0.9", "share of the running statistics kept"),
      .keyed(
        "eps", .number(0...1), default: "1e-05", "added to the variance", also: ["epsilon"]),
      .keyed("scale", .flag, default: "yes", "learnable gamma"),
      .keyed("center", .flag, default: "yes", "learnable beta"),
      .keyed(
        "statistics", .choice(["batch", "running"]), default: "batch",
        "what training normalizes by; running ones then stay as they are"),
      .keyed(
        "sync", .flag, default: "no", "by the batches of all processes of mpirun",
        also: ["synchronized"]),
    ]
  ) { arguments in
    var normalization = BatchNormalization()
    normalization.momentum = arguments.number("momentum")
    normalization.epsilon = arguments.number("eps")
    normalization.hasScale = arguments.flag("scale")
    normalization.hasCenter = arguments.flag("center")
    normalization.usesRunningStatistics = arguments.word("statistics") == "running"
    normalization.isSynchronized = arguments.flag("sync")
    return .batchNormalization(normalization)
  }

  func write(to arguments: inout Arguments) {
    arguments["momentum"] = .number(momentum)
    arguments["eps"] = .number(epsilon)
    arguments["scale"] = .flag(hasScale)
    arguments["center"] = .flag(hasCenter)
    arguments["statistics"] = .word(usesRunningStatistics ? "running" : "batch")
    arguments["sync"] = .flag(isSynchronized)
  }

  var kind: Kind { .batchNormalization }
  var isNormalization: Bool { true }
  var learns: Bool { hasScale || hasCenter }

  func parameterNeeds(for input: Shape) -> [ParameterNeed] {
    func need(_ role: ParameterRole, _ purpose: ParameterSpecification.Purpose) -> ParameterNeed {
      ParameterNeed(role: role, shape: [input.channels], purpose: purpose)
    }
    return (hasScale ? [need(.weight, .gamma(closesResidual: false))] : [])
      + (hasCenter ? [need(.bias, .beta)] : [])
      + [need(.runningMean, .runningMean), need(.runningVariance, .runningVariance)]
  }

  func channelFlow(path: String) -> ChannelFlow { .passesWithParameters }
}
