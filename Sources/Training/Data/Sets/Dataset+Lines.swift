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
    case .maps(let maps): lines.append(mapLine(maps))
    case .values(let values):
      let extents = values.shape.dropFirst()
      let text =
        extents.count > 1
        ? Shape(Array(extents)).displayText + " numbers"
        : Words.counted(extents.reduce(1, *), "number", "numbers")
      lines.append("\(text) to predict")
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

  /// The classes at positions, or the characters of a text.
  private func mapLine(_ maps: ClassMaps) -> String {
    if let vocabulary = maps.vocabulary {
      let names = vocabulary.names
      let shown = names.prefix(Self.mostCharacters).joined(separator: " ")
      return "\(Words.counted(names.count, "character", "characters")): \(shown)"
        + (names.count > Self.mostCharacters ? " …" : "")
        + "; the next one is predicted at each position"
    }
    return "\(Words.counted(maps.names.count, "class", "classes")) at each of "
      + "\(maps.displayText) positions: \(classLine(maps.names))"
  }

  private static let mostCharacters = 24

  /// Each class with how many examples train and test it, cut after a few.
  private func classLine(_ names: [String], limit: Int = 12) -> String {
    let trainCounts = train.classCounts ?? []
    let testCounts = test?.classCounts
    var words: [String] = []
    for index in names.indices.prefix(limit) {
      let tested = testCounts.map { "+\(count($0[index]))" } ?? ""
      words.append("\(BriefText.of(names[index])) (\(count(trainCounts[index]))\(tested))")
    }
    return words.joined(separator: " ") + (names.count > limit ? " …" : "")
  }

  /// A count of positions, which are many, has its thousands set apart.
  private func count(_ number: Int) -> String {
    train.maps == nil ? "\(number)" : Words.counted(number)
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
