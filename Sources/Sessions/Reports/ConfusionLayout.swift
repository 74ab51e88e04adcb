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
    let room = { (cell: Int) in columns - classes.count * (cell + 1) }
    if widest <= Self.widestName, room(max(digits, widest) + 1) >= widest {
      (hasNumbers, nameWidth, cell, hasBars) = (false, widest, max(digits, widest) + 1, true)
      return
    }
    let number = "\(classes.count - 1)".count
    for bar in [1, 0] {
      let cell = max(digits, number) + bar
      let left = room(cell) - number - 1
      guard left >= min(widest, Self.leastName) else { continue }
      (hasNumbers, hasBars, self.cell) = (true, bar == 1, cell)
      nameWidth = min(widest, Self.widestName, left)
      return
    }
    return nil
  }

  /// The head and a line for each class.
  func lines(_ confusion: Confusion, _ glyphs: Glyphs) -> [StyledText] {
    let classes = confusion.classes
    let number = hasNumbers ? "\(classes.count - 1)".count : 0
    let blank = StyledText(
      String(repeating: " ", count: nameWidth + (hasNumbers ? number + 1 : 0)))
    let heads = classes.enumerated().map { index, label in
      StyledText(" " + set(hasNumbers ? "\(index)" : confusion.name(label)), .dim)
    }
    let rows = classes.enumerated().map { index, label in
      let name = DisplayWidth.fit(
        confusion.name(label), to: nameWidth, ellipsis: glyphs.ellipsis)
      var line = StyledText()
      if hasNumbers {
        line.append(DisplayWidth.fit("\(index)", to: number, alignment: .right) + " ", .dim)
      }
      line.append(name)
      let whole = confusion.matrix.count(label)
      return classes.reduce(line) { line, predicted in
        let count = confusion.matrix[label, predicted]
        return line + self.cell(count, of: whole, isRight: predicted == label, glyphs)
      }
    }
    return ([heads.reduce(blank, +)] + rows).map(\.inColumns)
  }

  /// A text at the place of the counts.
  private func set(_ text: String) -> String {
    DisplayWidth.fit(text, to: cell - (hasBars ? 1 : 0), alignment: .right) + (hasBars ? " " : "")
  }

  private func cell(_ count: Int, of whole: Int, isRight: Bool, _ glyphs: Glyphs) -> StyledText {
    if count == 0 { return StyledText(" " + set(glyphs.separator), .dim) }
    let share = Double(count) / Double(max(whole, 1))
    var text = " " + set("\(count)")
    if hasBars {
      let heights = glyphs.heights
      let height = Int((share * Double(heights.count - 1)).rounded(.up))
      text = String(text.dropLast()) + String(heights[min(max(height, 1), heights.count - 1)])
    }
    return StyledText(text, isRight ? .good : share >= Confusion.large ? .bad : .plain)
  }
}
