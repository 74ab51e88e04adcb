import Sessions

/// Draws the rows of the tree that are in view.
///
/// The cost depends on the rows in view alone, whatever the size of the network.
package struct TreeView {
  private let tree: TreeState
  private let width: Int
  private let labelWidth: Int
  private let kindWidth: Int

  /// The columns that have room, each with the place where it begins and its width.
  private let columns: [(column: TreeColumn, x: Int, width: Int)]

  /// Columns left of the rails: the mark and the sign of a fold.
  static let margin = 3
  static let gap = 2

  /// A view as wide as its pane.
  package init(_ tree: TreeState, width: Int) {
    self.tree = tree
    self.width = width
    let widths = TreeWidths(tree, room: max(0, width - Self.margin))
    (labelWidth, kindWidth) = (widths.label, widths.kind)
    var x = width
    var places: [(column: TreeColumn, x: Int, width: Int)] = []
    for column in TreeColumn.order.reversed() {
      guard let needed = widths.columns[column] else { continue }
      x -= needed
      places.append((column, x, needed))
      x -= Self.gap
    }
    columns = places.reversed()
  }

  /// A heading above a column.
  package struct Heading: Hashable, Sendable {
    package let x: Int
    package let text: String
  }

  /// The headings of the columns in view, for the line above them.
  package var headings: [Heading] {
    columns.map { column, x, width in
      let text = column.heading(tree.glyphs)
      let columns = DisplayWidth.columns(of: text)
      return Heading(x: column.isLeading ? x : x + width - columns, text: text)
    }
  }

  /// The rows in view.
  package func frame(height: Int) -> Frame {
    var frame = Frame(Size(width, height))
    for y in 0..<max(0, height) {
      let index = tree.top + y
      guard index < tree.rows.count else { break }
      draw(index, y, into: &frame)
    }
    return frame
  }

  private func draw(_ index: Int, _ y: Int, into frame: inout Frame) {
    let row = tree.rows[index]
    let isBad = row.part == .block && (tree.figures[row.id]?.isBad ?? false)
    drawMargin(row, isBad: isBad, y, into: &frame)
    let labelEnd = min(width, Self.margin + labelWidth)
    var x = Self.margin
    let overhang = overhang(of: row)
    let hidden = overhang <= 0 ? 0 : min(row.rails.count, (overhang + 2) / 2)
    if hidden > 0 {
      x = frame.write(tree.glyphs.ellipsis, x: x, y: y, style: .border, limit: labelEnd)
    }
    for rail in row.rails.dropFirst(hidden) {
      x = frame.write(
        tree.glyphs.rail(rail), x: x, y: y, style: Self.style(of: rail), limit: labelEnd)
    }
    x = frame.write(
      row.joinText(glyphs: tree.glyphs), x: x, y: y, style: Style(.skip, .bold), limit: labelEnd)
    let places = places(of: row, nameAt: x, labelEnd: labelEnd)
    let name = DisplayWidth.truncate(
      tree.glyphs.spell(row.name), to: places.nameEnd - x, ellipsis: tree.glyphs.ellipsis)
    frame.write(name, x: x, y: y, style: nameStyle(row, isBad: isBad), limit: places.nameEnd)
    if kindWidth > 0 {
      let columns = labelEnd + Self.gap + kindWidth - places.kind
      frame.write(
        kind(row, columns), x: places.kind, y: y, style: Style(Self.role(of: row.family)))
    }
    for (column, start, columns) in columns {
      let text = column.text(row, tree, width: columns)
      let place = column.isLeading ? start : start + max(0, columns - text.width)
      frame.write(text, x: place, y: y, limit: start + columns)
    }
    let whole = Rectangle(x: 0, y: y, width: width, height: 1)
    if row.part == .block, tree.changed.contains(row.id) {
      frame.restyle(whole) { Style(.changed, $0.emphasis.union(.reverse)) }
    }
    if tree.selection == index {
      frame.restyle(whole) { Style(.selection, $0.emphasis.union(.reverse)) }
    }
  }

  /// Where a name ends and what the block is begins: in their columns, or where the name of a shortcut is longer
  /// behind all of it, as long as something can be read there.
  private func places(of row: OutlineRow, nameAt x: Int, labelEnd: Int) -> (nameEnd: Int, kind: Int)
  {
    let usual = (nameEnd: labelEnd, kind: labelEnd + Self.gap)
    let end = x + DisplayWidth.columns(of: tree.glyphs.spell(row.name))
    guard case .join = row.part, kindWidth > 0, end > labelEnd else { return usual }
    let text = DisplayWidth.columns(of: row.kindText(glyphs: tree.glyphs))
    let room = usual.kind + kindWidth - end
    return room >= (text == 0 ? 0 : 1 + min(text, Self.leastKind)) ? (end, end + 1) : usual
  }

  /// The columns of a block's name that are read beside all of its rails.
  private static let leastName = 6

  /// The columns in which something can be read of what a block is.
  private static let leastKind = 9

  /// How far the rails and what must be read of the name reach beyond their columns; a name is cut before rails
  /// are hidden, but where some must be hidden it is read whole.
  private func overhang(of row: OutlineRow) -> Int {
    let rails = DisplayWidth.columns(of: row.railText(glyphs: tree.glyphs))
    let name = DisplayWidth.columns(of: tree.glyphs.spell(row.name))
    if case .join = row.part { return rails + 2 + min(4, name) - labelWidth }
    return rails + min(Self.leastName, name) <= labelWidth ? 0 : row.labelWidth - labelWidth
  }

  /// Whether norms of gradients stand in the margin, as there is no room for their column.
  private var marksGradients: Bool {
    tree.hasGradients && !columns.contains { $0.column == .gradient }
  }

  private func drawMargin(_ row: OutlineRow, isBad: Bool, _ y: Int, into frame: inout Frame) {
    if isBad {
      frame.put("!", x: 0, y: y, style: Style(.bad, .bold))
    } else if tree.marked.contains(row.id) {
      frame.put(tree.glyphs == .unicode ? "▎" : ">", x: 0, y: y, style: Style(.mark))
    }
    frame.write(tree.glyphs.fold(row.fold), x: 1, y: y, style: .faint)
    if marksGradients, let mark = GradientCell(row, tree).mark {
      frame.put(mark.sign, x: 2, y: y, style: mark.style)
    }
  }

  /// What the block is; where that is too long, first without what matters least, then cut after a whole word.
  private func kind(_ row: OutlineRow, _ width: Int) -> String {
    let text = row.kindText(glyphs: tree.glyphs)
    guard DisplayWidth.columns(of: text) > width else { return text }
    let brief = row.briefKindText(glyphs: tree.glyphs)
    let columns = DisplayWidth.columns(of: brief)
    if columns <= width { return columns < width ? brief + tree.glyphs.ellipsis : brief }
    let cut = DisplayWidth.truncate(brief, to: width, ellipsis: tree.glyphs.ellipsis)
    guard let blank = cut.lastIndex(of: " "), cut.distance(from: cut.startIndex, to: blank) > 3
    else { return cut }
    return cut[..<blank] + tree.glyphs.ellipsis
  }

  private func nameStyle(_ row: OutlineRow, isBad: Bool) -> Style {
    if isBad { return Style(.bad, .bold) }
    switch row.part {
    case .input: return .faint
    case .join: return Style(.skip)
    case .block: return row.family == .container ? .strong : .plain
    }
  }

  private static func style(of rail: OutlineRail) -> Style {
    switch rail {
    case .blank, .pass, .branch, .last: .border
    case .skip, .skipOpens, .skipTap, .skipCloses, .skipFolded: Style(.skip)
    }
  }

  static func role(of family: KindFamily) -> Role {
    switch family {
    case .convolution: .convolution
    case .dense: .dense
    case .normalization: .normalization
    case .activation: .activation
    case .pooling: .pooling
    case .shaping: .shaping
    case .regularization: .regularization
    case .container: .container
    case .shortcut: .skip
    }
  }
}
