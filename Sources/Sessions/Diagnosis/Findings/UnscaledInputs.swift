import Networks

extension Observation {
  /// The inputs are far from mean 0 and standard deviation 1, or their columns from one another.
  var unscaledInputs: Finding? {
    guard request.data.normalization == nil, !inputs.isScaled else { return nil }
    let uneven = inputs.isUneven ? inputs.columns : nil
    let columns =
      uneven.map {
        "; its columns have deviations from \(Self.number($0.least)) to \(Self.number($0.greatest))"
      } ?? ""
    return Finding(
      symptom: .inputs,
      text: "the inputs have mean \(Self.number(inputs.mean)) and standard deviation "
        + "\(Self.number(inputs.deviation))\(columns)",
      meaning:
        "schemes of first weights and learning rates are made for inputs around 0 of deviation 1",
      figures: [
        "mean": .number(inputs.mean), "deviation": .number(inputs.deviation),
        "least_column": .optional(inputs.columns?.least),
        "greatest_column": .optional(inputs.columns?.greatest),
      ], remedies: isFresh ? ["normalize"] : ["normalize", "normalize; \(initialization)"])
  }
}

extension InputFigures {
  /// Whether mean and deviation are about those that first weights are made for.
  var isScaled: Bool {
    isFinite && deviation > 0.05 && deviation < 10 && abs(mean) < 3 * max(deviation, 1)
      && !isUneven
  }

  /// Whether some columns vary a hundred times as much as others.
  var isUneven: Bool {
    columns.map { $0.greatest > 100 * $0.least && $0.greatest > 10 } ?? false
  }
}
