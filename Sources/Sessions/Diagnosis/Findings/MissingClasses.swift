import Networks

extension Observation {
  /// There are classes without an example to learn from.
  var missingClasses: Finding? {
    guard let labels else { return nil }
    let missing = labels.names.indices.filter { labels.counts[$0] == 0 }
    guard !missing.isEmpty else { return nil }
    let named = missing.prefix(3).map { BriefText.of(labels.names[$0]) }.joined(separator: ", ")
    let more = missing.count > 3 ? " …" : ""
    return Finding(
      symptom: .labels,
      text: "\(missing.count) of \(Numbers.count(labels.names.count, "class", "classes")) "
        + "\(missing.count == 1 ? "has" : "have") no example to learn from: \(named)\(more)",
      meaning:
        "what is never seen is never predicted; a file may have been cut before it was shuffled",
      figures: ["missing": .texts(missing.map { labels.names[$0] })])
  }
}
