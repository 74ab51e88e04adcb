extension SeriesProblem {
  func prose(path: String) -> Prose {
    let file = Prose.typed(path)
    switch self {
    case .dimensionCount(let expected, let line, let found):
      let source = line.map { "as in line \($0)" } ?? "as @dimensions says"
      return Prose(
        expected: "\(Prose.counted(expected, "dimension")) \(source)", found: Prose.counted(found),
        next: "complete the line or remove it")
    case .unequalLengths(let first, let firstPath, let line, let found, let lengths):
      return Prose(
        expected: "\(Prose.counted(first, "value")) as in \(firstPath):\(line)",
        found: "\(Prose.counted(found)); lengths run from \(Prose.counted(lengths.lowerBound)) to "
          + Prose.counted(lengths.upperBound),
        next: "data ucr \(file) uneven=pad, or uneven=cut, at their ends")
    case .emptySeries(let dimension):
      return Prose(
        expected: "values in dimension \(dimension)", found: "none",
        next: "complete the line or remove it")
    case .timeStamps:
      return Prose(
        expected: "plain values", found: "time stamps",
        next: "save the series without time stamps, as equally spaced values")
    case .undeclaredLabel(let found, let declared):
      return Prose(
        expected: "one of the labels \(Prose.list(declared)) of @classLabel",
        found: Prose.quoted(found), next: "add it to the @classLabel line or correct it")
    case .noPair:
      return Prose(
        expected: "a file NAME_TRAIN.ts, .tsv or .txt in the folder", found: "none",
        next: "data ucr FILE names one file; images lie in a folder for each class")
    case .severalPairs(let names):
      return Prose(
        expected: "one file NAME_TRAIN.ts, .tsv or .txt in the folder", found: Prose.list(names),
        next: "data ucr \(Prose.typed(Path.joining(path, names.first ?? "FILE")))")
    }
  }
}
