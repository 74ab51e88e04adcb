import Sessions

/// A column right of a row's name and kind.
enum TreeColumn: Hashable {
  case fact(OutlineColumn)
  case time
  case gradient
  case activation
  case dead

  /// The order in which columns stand.
  static let order: [TreeColumn] = [
    .fact(.output), .fact(.parameters), .fact(.multiplyAdds), .fact(.receptiveField), .time,
    .gradient, .activation, .dead,
  ]

  /// The columns that stay before kinds are shown whole, the most important first.
  static let essential: [TreeColumn] = [.fact(.output), .fact(.parameters)]

  /// All others in the order in which they are given room.
  static let others: [TreeColumn] = [
    .gradient, .time, .fact(.receptiveField), .fact(.multiplyAdds), .dead, .activation,
  ]

  /// The widths it can do with, the greatest first; none where it has nothing to show.
  func widths(_ tree: TreeState) -> [Int] {
    switch self {
    case .fact(.parameters):
      return [tree.measure.columns[.parameters], tree.measure.briefParameters]
        .compactMap { $0 }
    case .fact(let column): return tree.measure.columns[column].map { [$0] } ?? []
    case .time: return tree.times == nil ? [] : [5]
    case .gradient: return tree.hasGradients ? GradientCell.widths : []
    case .activation: return tree.hasActivations ? [14] : []
    case .dead: return tree.hasDead ? [5] : []
    }
  }

  /// What stands above it.
  func heading(_ glyphs: Glyphs) -> String {
    switch self {
    case .fact(let column): column.heading
    case .time: "time"
    case .gradient: glyphs.norm
    case .activation: glyphs == .unicode ? "μ ± σ" : "mean +- sd"
    case .dead: "dead"
    }
  }

  /// Whether texts begin at the column's left edge.
  var isLeading: Bool { self == .gradient }

  /// What a row shows in it, in one of its widths.
  func text(_ row: OutlineRow, _ tree: TreeState, width: Int) -> StyledLine {
    switch self {
    case .fact(.output): return StyledLine(fact(.output, row, tree))
    case .fact(.parameters):
      let whole = tree.measure.columns[.parameters] ?? 0
      let brief = width < whole ? row.parameters.map { $0 == 0 ? "" : Numbers.short($0) } : nil
      return StyledLine(brief ?? fact(.parameters, row, tree))
    case .fact(let column): return StyledLine(fact(column, row, tree), .faint)
    case .time: return Self.time(row, tree)
    case .gradient: return GradientCell(row, tree).line(width: width)
    case .activation, .dead:
      guard row.part == .block, let figures = tree.figures[row.id] else { return StyledLine() }
      return live(figures, tree)
    }
  }

  private func fact(_ column: OutlineColumn, _ row: OutlineRow, _ tree: TreeState) -> String {
    column.text(of: row, glyphs: tree.glyphs)
  }

  /// The part of a step's time that a block takes, or at a join the container alone; much of it stands out.
  private static func time(_ row: OutlineRow, _ tree: TreeState) -> StyledLine {
    let share: Double? =
      switch row.part {
      case .input: nil
      case .block: tree.times?.blocks[row.id]
      case .join: tree.times?.joins[row.id]
      }
    guard let share, share > 0 else { return StyledLine() }
    let percent = share * 100
    let text = Numbers.fixed(percent, decimals: percent < 9.95 ? 1 : 0) + " %"
    return StyledLine(text, percent < 1 ? .faint : percent < 25 ? .plain : Style(.warning))
  }

  private func live(_ figures: BlockFigures, _ tree: TreeState) -> StyledLine {
    switch self {
    case .fact, .time, .gradient: return StyledLine()
    case .activation:
      guard let mean = figures.mean, let deviation = figures.deviation else { return StyledLine() }
      guard mean.isFinite else { return Self.bad(mean, tree.glyphs) }
      guard deviation.isFinite else { return Self.bad(deviation, tree.glyphs) }
      let text = "\(Self.brief(mean)) \(tree.glyphs.plusMinus) \(Self.brief(deviation))"
      return StyledLine(text, .faint)
    case .dead:
      guard let share = figures.deadShare else { return StyledLine() }
      guard share.isFinite else { return Self.bad(share, tree.glyphs) }
      let style = share > 0.5 ? Style(.warning) : .faint
      return StyledLine("\(Int((share * 100).rounded())) %", style)
    }
  }

  private static func bad(_ value: Double, _ glyphs: Glyphs) -> StyledLine {
    StyledLine(glyphs.spell(Numbers.loss(value)), Style(.bad, .bold))
  }

  private static func brief(_ value: Double) -> String {
    let magnitude = abs(value)
    if magnitude == 0 { return "0" }
    if magnitude < 0.005 || magnitude >= 999.5 { return Numbers.significant(value, digits: 1) }
    return Numbers.fixed(value, decimals: magnitude < 9.995 ? 2 : magnitude < 99.95 ? 1 : 0)
  }
}
