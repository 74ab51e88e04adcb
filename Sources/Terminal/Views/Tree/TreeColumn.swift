import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A column right of a row's name and kind.
enum TreeColumn: Hashable {
  case fact(OutlineColumn)
  case gradient
  case activation
  case dead

  /// The order in which columns stand.
  static let order: [TreeColumn] = [
    .fact(.output), .fact(.parameters), .fact(.multiplyAdds), .fact(.receptiveField), .gradient,
    .activation, .dead,
  ]

  /// The order in which columns are given room.
  static let importance: [TreeColumn] = [
    .fact(.output), .fact(.parameters), .gradient, .fact(.receptiveField), .fact(.multiplyAdds),
    .dead, .activation,
  ]

  /// The columns it takes, or nothing where it has nothing to show.
  func width(_ tree: TreeState) -> Int? {
    switch self {
    case .fact(let column): return tree.measure.columns[column]
    case .gradient: return tree.figures.values.contains { $0.gradientNorm != nil } ? 6 : nil
    case .activation: return tree.figures.values.contains { $0.mean != nil } ? 14 : nil
    case .dead: return tree.figures.values.contains { $0.deadShare != nil } ? 5 : nil
    }
  }

  /// What stands above it.
  func heading(_ glyphs: Glyphs) -> String {
    switch self {
    case .fact(let column): column.heading
    case .gradient: glyphs.norm
    case .activation: glyphs == .unicode ? "μ ± σ" : "mean +- sd"
    case .dead: "dead"
    }
  }

  /// Whether texts begin at the column's left edge.
  var isLeading: Bool { self == .gradient }

  /// What a row shows in it.
  func text(_ row: OutlineRow, _ tree: TreeState) -> StyledLine {
    switch self {
    case .fact(.output): return StyledLine(fact(.output, row, tree))
    case .fact(.parameters): return StyledLine(fact(.parameters, row, tree))
    case .fact(let column): return StyledLine(fact(column, row, tree), .faint)
    case .gradient, .activation, .dead:
      guard row.part == .block, let figures = tree.figures[row.id] else { return StyledLine() }
      return live(figures, tree)
    }
  }

  private func fact(_ column: OutlineColumn, _ row: OutlineRow, _ tree: TreeState) -> String {
    column.text(of: row, glyphs: tree.glyphs)
  }

  private func live(_ figures: BlockFigures, _ tree: TreeState) -> StyledLine {
    switch self {
    case .fact: return StyledLine()
    case .gradient:
      guard let norm = figures.gradientNorm else { return StyledLine() }
      guard norm.isFinite else { return Self.bad(norm, tree.glyphs) }
      return StyledLine(Self.bar(norm, tree), Style(.good))
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

  /// A bar as long as the norm's logarithm stands between those of the least and the greatest norm.
  private static func bar(_ norm: Double, _ tree: TreeState) -> String {
    let sign = tree.glyphs == .unicode ? "▆" : "="
    guard norm > 0, let range = tree.gradientRange else { return "" }
    let least = log(min(range.lowerBound, range.upperBound / 100))
    let span = log(range.upperBound) - least
    let share = span > 0 ? (log(norm) - least) / span : 1
    return String(repeating: sign, count: 1 + Int((share * 5).rounded()))
  }
}
