import Networks

extension Dataset {
  /// What there is to say about the set, a fact a line.
  package var lines: [String] {
    var lines = ["\(name): \(description)"]
    let parts = test.map { ", \(Words.counted($0.count)) to test" } ?? ""
    lines.append(
      "\(Words.counted(train.count, "example", "examples")) of \(shape.displayText) to train\(parts)"
    )
    switch train.targets {
    case .classes(_, let names):
      lines.append("\(Words.counted(names.count, "class", "classes")): \(classLine(names))")
    case .values(let values):
      let width = values.shape.dropFirst().reduce(1, *)
      lines.append("\(Words.counted(width, "number", "numbers")) to predict")
    case .none:
      lines.append("nothing to predict")
    }
    if let line = storageLine { lines.append(line) }
    if let normalization { lines.append(Self.line(of: normalization)) }
    return lines
  }

  /// Where examples are that are not in memory.
  private var storageLine: String? {
    let parts = [train, test].compactMap { $0?.rows.isStored }
    guard parts.contains(true) else { return nil }
    if parts.allSatisfy(\.self) { return "in the file, read by the batch" }
    return "those to \(parts[0] ? "train" : "test") in the file, read by the batch"
  }

  /// Each class with how many examples train and test it, cut after a few.
  private func classLine(_ names: [String], limit: Int = 12) -> String {
    let trainCounts = train.classCounts ?? []
    let testCounts = test?.classCounts
    var words: [String] = []
    for index in names.indices.prefix(limit) {
      let tested = testCounts.map { "+\($0[index])" } ?? ""
      words.append("\(names[index]) (\(trainCounts[index])\(tested))")
    }
    return words.joined(separator: " ") + (names.count > limit ? " …" : "")
  }

  private static func line(of normalization: Normalization) -> String {
    let count = normalization.mean.count
    return switch normalization.scope {
    case .all:
      "normalized: mean \(Words.short(normalization.mean[0])), "
        + "deviation \(Words.short(normalization.deviation[0])) of all values are 0 and 1 now"
    case .value:
      "normalized by value: each of \(Words.counted(count, "value", "values")) has mean 0 and deviation 1"
    case .channel:
      "normalized by channel: each of \(Words.counted(count, "channel", "channels")) has "
        + "mean 0 and deviation 1"
    case .series: "normalized by series: each example has mean 0 and deviation 1 by itself"
    }
  }
}
