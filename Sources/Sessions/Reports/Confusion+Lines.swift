import Training

/// The matrix in characters.
extension Confusion {
  /// A row for each class and a column for each prediction, within so many columns of the terminal; the worst
  /// pairs where there is no room for it.
  func lines(columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    var head = StyledText(part.rawValue, .emphasis)
    head.append("  \(Numbers.grouped(matrix.correct)) of ")
    head.append("\(Numbers.count(matrix.total, unit)) right")
    var lines = [head]
    if let layout = ConfusionLayout(self, columns: columns) {
      lines[0].append("; rows are classes, columns predictions", .dim)
      lines += layout.lines(self, glyphs)
    } else {
      lines += pairs(columns: columns, glyphs)
    }
    if undecided > 0 {
      lines.append(
        StyledText(
          "\(Numbers.count(undecided, unit)) of no class: an output is no number", .warning))
    }
    return lines
  }

  private static let mostPairs = 15

  /// The pairs of classes that are confused most often.
  private func pairs(columns: Int, _ glyphs: Glyphs) -> [StyledText] {
    let pairs = matrix.worstPairs(Self.mostPairs)
    if pairs.isEmpty { return [StyledText("no class is taken for another")] }
    let width = max(4, min(24, (columns - 26) / 2))
    let cut = { (label: Int) in ClassNames.shortened(name(label), to: width, glyphs) }
    var table = TextTable([
      ("class", .leading), ("taken for", .leading), ("count", .trailing), ("of class", .trailing),
    ])
    for pair in pairs {
      let share = Double(pair.count) / Double(matrix.count(pair.label))
      table.append([
        StyledText(cut(pair.label)), StyledText(cut(pair.predicted)),
        StyledText(Numbers.grouped(pair.count), share >= Self.large ? .bad : .plain),
        StyledText(Numbers.percent(share), .dim),
      ])
    }
    let all = "\(Numbers.grouped(classes.count)) classes, most often confused:"
    return [StyledText(all, .dim)] + table.lines
  }

  /// The share of a class from which on a confusion is large.
  static let large = 0.1
}
