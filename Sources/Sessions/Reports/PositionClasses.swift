import Networks

/// Classes at the positions of one example, as outputs or targets tell them.
struct PositionClasses: Sendable {
  /// An index into `names` for each position, row-major; nothing where an output is no number.
  let labels: [Int?]

  /// `[length]` or `[height, width]`.
  let extents: [Int]
  let names: [String]
  let isText: Bool

  /// The targets of an example.
  init(_ maps: ClassMaps, example: Int) {
    labels = maps[example].map { Int($0) }
    extents = maps.extents
    names = maps.names
    isText = maps.vocabulary != nil
  }

  /// What outputs `[channels, positions…]` decide for: the greatest at each position, or the sign of the only one.
  init(outputs: ArraySlice<Float>, extents: [Int], names: [String], isText: Bool) {
    self.extents = extents
    self.names = names
    self.isText = isText
    let positions = extents.reduce(1, *)
    let channels = outputs.count / max(1, positions)
    labels = (0..<positions).map { position in
      let scores = (0..<channels).map { outputs[outputs.startIndex + $0 * positions + position] }
      if scores.contains(where: \.isNaN) { return nil }
      if channels == 1, names.count == 2 { return scores[0] > 0 ? 1 : 0 }
      return scores.indices.max { scores[$0] < scores[$1] }
    }
  }

  /// The names, position by position; null where there is none.
  var data: JSON {
    .array(labels.map { label in .optional(label.map { ClassNames.name($0, among: names) }) })
  }

  /// The name at a position, for tables.
  func name(at position: Int) -> String {
    labels[position].map { ClassNames.name($0, among: names) } ?? ""
  }

  /// Positions whose class is that of another one's.
  func agreement(with other: PositionClasses) -> Int {
    zip(labels, other.labels).count { $0 != nil && $0 == $1 }
  }

  /// The characters in a row, as far as there is room, or the classes by how many positions they have.
  func short(_ glyphs: Glyphs) -> String {
    if isText {
      let text = self.text
      return text.count > Self.mostShown ? text.prefix(Self.mostShown) + glyphs.ellipsis : text
    }
    var counts: [Int: Int] = [:]
    for case let label? in labels { counts[label, default: 0] += 1 }
    let ordered = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let words = ordered.prefix(3).map {
      "\(ClassNames.shown($0.key, among: names)) \(Numbers.grouped($0.value))"
    }
    return words.joined(separator: " ") + (ordered.count > 3 ? " " + glyphs.ellipsis : "")
  }

  private static let mostShown = 32

  /// The characters of a text.
  private var text: String {
    guard let vocabulary = Vocabulary(names: names) else { return "" }
    return vocabulary.text(of: labels.map { Int32($0 ?? -1) })
  }

  /// A text, or the classes as signs, a row of positions in a line; of many positions every second, third and so on.
  var lines: [String] {
    if isText { return [text] }
    let (height, width) = (extents.count > 1 ? extents[0] : 1, extents[extents.count - 1])
    let most = height > 1 ? Self.mostPixels : Self.mostPoints
    let step = (max(height, width) + most - 1) / most
    return stride(from: 0, to: height, by: step).map { row in
      stride(from: 0, to: width, by: step).map { column in
        let sign = labels[row * width + column].map { self.sign($0) } ?? "?"
        return height > 1 ? sign + sign : sign
      }.joined()
    }
  }

  /// What the signs stand for; nothing for a text.
  var legend: String? {
    if isText { return nil }
    return names.indices.prefix(12).map { "\(sign($0)) \(BriefText.of(names[$0]))" }.joined(
      separator: "  ")
      + (names.count > 12 ? " …" : "")
  }

  private static let mostPixels = 36
  private static let mostPoints = 72
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  /// A point for the first class, for others the letter that their names begin with, where these are all different.
  private func sign(_ label: Int) -> String {
    if label == 0 { return "." }
    let firsts = names.dropFirst().compactMap(\.first)
    if Set(firsts).count == names.count - 1, names.indices.contains(label) {
      return String(firsts[label - 1])
    }
    return Self.letters.indices.contains(label - 1) ? String(Self.letters[label - 1]) : "#"
  }
}
