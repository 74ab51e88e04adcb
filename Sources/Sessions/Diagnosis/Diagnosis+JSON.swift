import Training

/// A diagnosis for programs.
extension Diagnosis {
  /// What was looked at, found and tried.
  var data: JSON {
    let found = findings.map { finding, remedy -> JSON in
      [
        "symptom": .text(finding.symptom.rawValue), "path": .optional(finding.path),
        "text": .text(finding.text), "meaning": .text(finding.meaning),
        "figures": finding.figures, "remedy": remedy.map(\.data) ?? .null,
      ]
    }
    return [
      "network": .text(seen.request.name), "findings": .array(found), "looked_at": seen.data,
      "tried": .array(tried.map(\.data)), "time_ran_out": .boolean(isCutShort),
    ]
  }
}

extension Treatment {
  /// The command with its figures; null where the loss became no number.
  fileprivate var data: JSON {
    [
      "command": .text(command), "measure": .text(measure.rawValue), "steps": .integer(steps),
      "before": .optional(before), "after": .optional(after),
    ]
  }
}

extension Observation {
  /// The figures that were looked at.
  fileprivate var data: JSON {
    [
      "examples": .integer(count), "training_loss": .number(loss),
      "loss": .number(evaluated.loss), "test_loss": .optional(tested?.loss),
      "guess": .optional(comparesPlainClasses ? labels?.entropy : nil), "lr": .number(rate),
      "steps": .integer(baseline.losses.count), "start": .optional(baseline.start),
      "end": .optional(baseline.end), "input_mean": .number(inputs.mean),
      "input_deviation": .number(inputs.deviation),
      "layers": .array(
        layers.map { layer -> JSON in
          [
            "path": .text(layer.path), "deviation": .optional(layer.trace?.deviation),
            "dead_channels": .optional(
              layer.activation?.function == .relu ? layer.trace?.deadChannels : nil),
            "gradient_norm": .optional(layer.gradient), "adds_nothing": .boolean(layer.isSilent),
          ]
        }),
    ]
  }
}
