import Engine
import Networks
import Training

/// Data, runs and what is seen inside networks as JSON.
extension JSON {
  /// What left a block for one batch.
  static func trace(_ trace: BlockTrace) -> JSON {
    [
      "mean": .number(trace.mean), "deviation": .number(trace.deviation),
      "least": .single(trace.minimum), "most": .single(trace.maximum),
      "zeros": .number(trace.zeros), "dead_channels": .number(trace.deadChannels),
      "finite": .boolean(trace.isFinite),
    ]
  }

  /// Values in place of those of the table of kinds, as they are typed.
  static func defaults(_ defaults: [Kind: [String: String]]) -> JSON {
    let kinds = defaults.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, values in
      let keys = values.sorted { $0.key < $1.key }.map { Member($0.key, .text($0.value)) }
      return Member(kind.rawValue, .object(keys))
    }
    return ["defaults": .object(kinds)]
  }

  /// How a network came out of a run.
  static func result(_ result: RunResult) -> JSON {
    let epoch = result.epochs.last
    let ending: String =
      switch result.ending {
      case .finished: "finished"
      case .conditionHolds: "until"
      case .outOfPatience: "patience"
      case .stopped: "stopped"
      case .failed(.diverged): "diverged"
      case .failed(.refused): "refused"
      }
    var figures: JSON = [
      "network": .text(result.name), "ending": .text(ending), "steps": .integer(result.steps),
      "seconds": .number(result.seconds), "epochs": .integer(result.epochs.total),
      "loss": .optional(epoch?.loss), "accuracy": .optional(epoch?.accuracy),
      "test_loss": .optional(epoch?.testLoss), "test_accuracy": .optional(epoch?.testAccuracy),
    ]
    if let times = result.peerTimes {
      // Seconds that went by in waiting, and those in which gradients were summed.
      let waits: JSON = [
        "losses": .number(times.losses), "statistics": .number(times.statistics),
        "gradients": .number(times.gradients), "flight": .number(times.flight),
      ]
      figures = figures.with(["processes": waits])
    }
    guard let best = result.best else { return figures }
    let facts: JSON = [
      "figure": .text(best.measure.rawValue), "value": .number(best.value),
      "epoch": .integer(best.epoch), "restored": .boolean(best.isRestored),
    ]
    return figures.with(["best": facts])
  }
}

extension Dataset {
  /// What there is to say about the set, for programs.
  var facts: JSON {
    let about: JSON = [
      "name": .text(name), "description": .text(description), "shape": .shape(shape),
      "train": .integer(train.count), "test": .optional(test?.count),
    ]
    return about.with(targetFacts).with(["normalization": normalization.map(Self.facts) ?? .null])
  }

  private var targetFacts: JSON {
    switch train.targets {
    case .classes: return ["targets": "classes", "classes": classFacts]
    case .maps(let maps):
      return [
        "targets": "maps", "positions": .integers(maps.extents),
        "characters": .boolean(maps.vocabulary != nil), "classes": classFacts,
      ]
    case .values(let values):
      let extents = Array(values.shape.dropFirst())
      let facts: JSON = ["targets": "numbers", "numbers": .integer(extents.reduce(1, *))]
      return extents.count > 1 ? facts.with(["target_shape": .integers(extents)]) : facts
    case .none: return ["targets": .null]
    }
  }

  /// Each class with how many examples, or positions, train and test it.
  private var classFacts: JSON {
    let (trained, tested) = (train.classCounts ?? [], test?.classCounts)
    return .array(
      (train.classNames ?? []).enumerated().map { index, name in
        [
          "name": .text(name), "train": .integer(trained[index]),
          "test": .optional(tested?[index]),
        ]
      })
  }

  private static func facts(of normalization: Normalization) -> JSON {
    [
      "by": .text(normalization.scope.rawValue), "mean": .singles(normalization.mean),
      "deviation": .singles(normalization.deviation),
    ]
  }
}
