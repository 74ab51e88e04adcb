/// The surface in characters: regions in colours, the denser the surer, or in letters.
extension DecisionSurface {
  /// The rows from the upper edge, each a line of one sign a cell.
  ///
  /// - Parameter hasColours: Whether colours tell classes apart; letters do where they do not.
  package func rows(hasColours: Bool, _ glyphs: Glyphs) -> [StyledText] {
    var signs = cells.map { row in
      row.map { cell in sign(of: cell, hasColours: hasColours, glyphs) }
    }
    // No more examples than leave the regions to be seen.
    let most = max(12, plane.columns * plane.rows / 6)
    for point in CommandScope.spread(points.count, most: most).map({ points[$0] }) {
      guard let (column, row) = plane.cell(point.x, point.y) else { continue }
      signs[row][column] = (
        hasColours && glyphs == .unicode ? "●" : Self.letter(point.label, isUpper: true),
        hasColours ? .series(point.label) : .emphasis
      )
    }
    return signs.reversed().map { row in
      var line = StyledText()
      var first = row.startIndex
      while first < row.endIndex {
        let role = row[first].1
        let end = row[first...].firstIndex { $0.1 != role } ?? row.endIndex
        line.append(String(row[first..<end].map(\.0)), role)
        first = end
      }
      return line.inColumns
    }
  }

  /// The surface in lines with its axes and what stands for which class.
  func lines(hasColours: Bool, _ glyphs: Glyphs) -> [StyledText] {
    let rows = rows(hasColours: hasColours, glyphs)
    let ends = (
      Numbers.significant(plane.up.upperBound, digits: 2),
      Numbers.significant(plane.up.lowerBound, digits: 2)
    )
    let margin = max(ends.0.count, ends.1.count)
    let bar = glyphs == .unicode ? "│" : "|"
    var lines = rows.enumerated().map { index, row in
      let label = index == 0 ? ends.0 : index == rows.count - 1 ? ends.1 : ""
      let blank = String(repeating: " ", count: margin - label.count)
      return (StyledText("\(blank)\(label) \(bar)", .dim) + row).inColumns
    }
    let (left, right) = (
      Numbers.significant(plane.across.lowerBound, digits: 2),
      Numbers.significant(plane.across.upperBound, digits: 2)
    )
    let blank = max(1, plane.columns - left.count - right.count)
    lines.append(
      StyledText(
        String(repeating: " ", count: margin + 2) + left + String(repeating: " ", count: blank)
          + right, .dim
      ).inColumns)
    return lines + [legend(hasColours: hasColours, glyphs), summary]
  }

  private static let mostNames = 8

  private func legend(hasColours: Bool, _ glyphs: Glyphs) -> StyledText {
    var line = StyledText()
    for (label, name) in names.prefix(Self.mostNames).enumerated() {
      let sign =
        hasColours && glyphs == .unicode ? "●" : String(Self.letter(label, isUpper: true))
      line.append(sign, hasColours ? .series(label) : .emphasis)
      line.append(" \(name)  ")
    }
    if names.count > Self.mostNames {
      line.append("and \(names.count - Self.mostNames) more  ", .dim)
    }
    let isShaded = hasColours && glyphs == .unicode
    line.append(isShaded ? "the denser the surer" : "a point: not sure", .dim)
    return line
  }

  private func sign(of cell: Cell?, hasColours: Bool, _ glyphs: Glyphs) -> (Character, TextRole) {
    guard let cell else { return ("?", .bad) }
    let role = hasColours ? TextRole.series(cell.label) : .dim
    guard hasColours, glyphs == .unicode else {
      return (
        cell.certainty < 0.5 ? (glyphs == .unicode ? "·" : ".") : Self.letter(cell.label), role
      )
    }
    let shades: [Character] = ["░", "▒", "▓", "█"]
    return (shades[min(Int(cell.certainty * 4), 3)], role)
  }

  /// The letter of a class; classes beyond the alphabet share a sign.
  private static func letter(_ label: Int, isUpper: Bool = false) -> Character {
    guard label < 26, let scalar = Unicode.Scalar(UInt32((isUpper ? 65 : 97) + label)) else {
      return isUpper ? "*" : "+"
    }
    return Character(scalar)
  }
}
