import Training

/// How a matrix is laid out in columns.
struct ConfusionLayout {
  /// What a column is headed by: the name of its class, or the number that stands before it in the row.
  private let hasNumbers: Bool

  /// The columns of the names before the rows, without their numbers.
  private let nameWidth: Int

  /// The columns of a cell, without the blank before it.
  private let cell: Int

  /// Whether a bar stands behind each count.
  private let hasBars: Bool

  private static let widestName = 16
  private static let leastName = 4

  /// The widest layout that fits; nothing where none does.
  init?(_ confusion: Confusion, columns: Int) {
    let classes = confusion.classes
    let digits = classes.reduce(1) { most, label in
      max(most, confusion.matrix.row(label).reduce(1) { max($0, "\($1)".count) })
    }
    let widest = classes.reduce(1) { max($0, DisplayWidth.columns(of: confusion.name($1))) }
    // Names are one more blank away from the counts than these from one another.
    let room = { (cell: Int) in columns - 1 - classes.count * (cell + 1) }
    for bar in [1, 0] {
      let cell = max(digits, widest) + bar
      guard widest <= Self.widestName, room(cell) >= widest else { continue }
      (hasNumbers, hasBars, self.cell, nameWidth) = (false, bar == 1, cell, widest)
      return
    }
    let number = "\(classes.count - 1)".count
    for bar in [1, 0] {
      let cell = max(digits, number) + bar
      let left = room(cell) - number - 1
      guard left >= min(widest, Self.leastName) else { continue }
      let width = min(widest, Self.widestName, left)
      // Names of which too little is left say nothing.
      let cut = Set(classes.map { DisplayWidth.truncate(confusion.name($0), to: width) })
      guard cut.count == classes.count else { continue }
      (hasNumbers, hasBars, self.cell, nameWidth) = (true, bar == 1, cell, width)
      return
    }
    return nil
  }

  /// The head and a line for each class.
  func lines(_ confusion: Confusion, _ glyphs: Glyphs) -> [StyledText] {
    let classes = confusion.classes
    let number = hasNumbers ? "\(classes.count - 1)".count : 0
    let blank = String(repeating: " ", count: nameWidth + (hasNumbers ? number + 1 : 0))
    let heads = classes.indices.map { index in
      Cell(text: hasNumbers ? "\(index)" : confusion.name(classes[index]), role: .dim)
    }
    let rows = classes.indices.map { index in
      let (label, whole) = (classes[index], confusion.matrix.count(classes[index]))
      var line = StyledText()
      if hasNumbers {
        line.append(DisplayWidth.fit("\(index)", to: number, alignment: .right) + " ", .dim)
      }
      line.append(
        DisplayWidth.fit(confusion.name(label), to: nameWidth, ellipsis: glyphs.ellipsis))
      return self.line(
        line,
        classes.map { predicted in
          Self.cell(
            confusion.matrix[label, predicted], of: whole, isRight: predicted == label, glyphs)
        })
    }
    return [line(StyledText(blank), heads)] + rows
  }

  /// What stands in a column: a text, and the sign behind it.
  private struct Cell {
    var text: String
    var bar = ""
    var role = TextRole.plain
  }

  private func line(_ name: StyledText, _ cells: [Cell]) -> StyledText {
    var line = name
    var gap = "  "
    for cell in cells {
      let width = self.cell - (hasBars ? 1 : 0)
      let text = DisplayWidth.fit(cell.text, to: width, alignment: .right)
      line.append(gap + text + (hasBars ? cell.bar : ""), cell.role)
      gap = hasBars && cell.bar.isEmpty ? "  " : " "
    }
    return line.inColumns
  }

  private static func cell(_ count: Int, of whole: Int, isRight: Bool, _ glyphs: Glyphs) -> Cell {
    if count == 0 { return Cell(text: glyphs.separator, role: .dim) }
    let share = Double(count) / Double(max(whole, 1))
    let heights = glyphs.heights
    let height = Int((share * Double(heights.count - 1)).rounded(.up))
    return Cell(
      text: "\(count)", bar: String(heights[min(max(height, 1), heights.count - 1)]),
      role: isRight ? .good : share >= Confusion.large ? .bad : .plain)
  }
}
