import Sessions

/// How many columns the parts of the tree's rows are given.
struct TreeWidths: Hashable {
  /// Rails and names.
  private(set) var label: Int

  /// What the blocks are; 0 where that is not shown.
  private(set) var kind = 0

  /// The columns that are shown.
  private(set) var columns: [TreeColumn: Int] = [:]

  private static let gap = TreeView.gap

  /// What is left of names and kinds, before a column is given up for them.
  private static let least = (label: 12, kind: 9)

  /// What columns other than shapes and parameters leave to kinds.
  private static let comfortableKind = 24

  /// Widths that fit into a room: shapes and parameters first, then kinds without what matters least, then
  /// all other columns, and what is left goes to kinds and names that are cut.
  init(_ tree: TreeState, room: Int) {
    let measure = tree.measure
    label = min(measure.blockLabel, 16)
    let leastLabel = min(label, Self.least.label)
    let leastKind = min(measure.briefKind, Self.least.kind)
    guard measure.kind > 0, room >= label + Self.gap + leastKind else {
      label = min(measure.label, room)
      return
    }
    var free = room - label - Self.gap - leastKind
    for column in TreeColumn.essential {
      let widths = column.widths(tree)
      let most = free + label - leastLabel
      guard
        let width = widths.first(where: { $0 + Self.gap <= free })
          ?? widths.last(where: { $0 + Self.gap <= most })
      else { continue }
      columns[column] = width
      free -= width + Self.gap
    }
    if free < 0 {
      label += free
      free = 0
    }
    kind = leastKind + min(free, max(0, min(measure.briefKind, Self.comfortableKind) - leastKind))
    free -= kind - leastKind
    for column in TreeColumn.others {
      if column != .gradient { growTexts(into: &free, measure) }
      guard let width = column.widths(tree).last else { continue }
      guard free >= width + Self.gap else { break }
      columns[column] = width
      free -= width + Self.gap
    }
    grow(into: &free, tree)
  }

  /// Gives kinds and names of joins what they need before columns that matter less are shown.
  private mutating func growTexts(into free: inout Int, _ measure: OutlineMeasure) {
    let more = min(free, max(0, min(measure.kind, Self.comfortableKind) - kind))
    kind += more
    free -= more
    let further = min(free, max(0, min(measure.label, 16) - label))
    label += further
    free -= further
  }

  /// Gives what is left to what is cut: kinds, names, and columns that could say more.
  private mutating func grow(into free: inout Int, _ tree: TreeState) {
    func take(_ value: inout Int, _ wanted: Int) {
      let more = min(free, max(0, wanted - value))
      value += more
      free -= more
    }
    take(&kind, tree.measure.briefKind)
    take(&label, tree.measure.label)
    for column in TreeColumn.order {
      guard let width = columns[column], let wanted = column.widths(tree).first,
        wanted - width <= free
      else { continue }
      free -= wanted - width
      columns[column] = wanted
    }
    take(&kind, tree.measure.kind)
  }

  /// The columns in which names, kinds, shapes and parameters stand whole, as far as that is sensible, and
  /// receptive fields too where a room is enough for that.
  static func wished(_ tree: TreeState, room: Int) -> Int {
    let least = wished(tree)
    guard let field = TreeColumn.fact(.receptiveField).widths(tree).last else { return least }
    let measure = tree.measure
    let texts = min(measure.kind, comfortableKind) - min(measure.briefKind, comfortableKind)
    let whole = least + max(0, texts) + field + gap
    return whole <= room ? whole : least
  }

  private static func wished(_ tree: TreeState) -> Int {
    let measure = tree.measure
    let texts = min(measure.blockLabel, 24) + gap + min(measure.briefKind, comfortableKind)
    let columns = TreeColumn.essential.map { $0.widths(tree).first ?? 0 }
    let gradient = TreeColumn.gradient.widths(tree).last ?? 0
    return (columns + [gradient]).reduce(TreeView.margin + texts) { $0 + ($1 > 0 ? $1 + gap : 0) }
  }
}

extension TreeState {
  /// The columns that the tree would have, its lines aside, of those that it could have at most.
  package func wishedWidth(room: Int) -> Int {
    rows.isEmpty ? 0 : TreeWidths.wished(self, room: room)
  }
}
