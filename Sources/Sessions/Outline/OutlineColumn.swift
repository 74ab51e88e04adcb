import Networks

/// A column of facts in the architecture tree.
package enum OutlineColumn: Sendable, Hashable, CaseIterable {
  case output
  case parameters
  case multiplyAdds
  case receptiveField

  /// What stands above it.
  package var heading: String {
    switch self {
    case .output: "output"
    case .parameters: "params"
    case .multiplyAdds: "mul-adds"
    case .receptiveField: "rf"
    }
  }

  /// What a row says in it, empty where it has nothing to say.
  package func text(of row: OutlineRow, glyphs: Glyphs) -> String {
    switch self {
    case .output: glyphs.spell(row.output?.displayText ?? "")
    case .parameters: row.parameters.map { $0 == 0 ? "" : Numbers.grouped($0) } ?? ""
    case .multiplyAdds: row.multiplyAdds.map { $0 == 0 ? "" : Numbers.short($0) } ?? ""
    case .receptiveField: glyphs.spell(Self.receptiveField(row.receptiveField))
    }
  }

  /// One number, or one for each dimension where they differ.
  private static func receptiveField(_ extents: [Int]) -> String {
    guard let first = extents.first else { return "" }
    if extents.allSatisfy({ $0 == first }) { return String(first) }
    return extents.map(String.init).joined(separator: "×")
  }
}

/// The columns that the parts of a whole outline need, so that nothing moves while it is scrolled.
package struct OutlineMeasure: Sendable, Hashable {
  /// Rails and name.
  package private(set) var label = 0

  /// Rails and name of blocks alone.
  package private(set) var blockLabel = 0

  /// What the block is, with its number of copies.
  package private(set) var kind = 0

  /// What blocks alone are, without words that matter least.
  package private(set) var briefKind = 0
  package private(set) var columns: [OutlineColumn: Int] = [:]

  /// The width of numbers of parameters in three digits with a unit, where that is less.
  package private(set) var briefParameters: Int?

  /// Whether any row is folded or can be.
  package private(set) var hasFolds = false
  package private(set) var hasClosedFolds = false

  /// Measures every row once.
  package init(_ rows: [OutlineRow], glyphs: Glyphs) {
    for row in rows {
      label = max(label, row.labelWidth)
      kind = max(kind, DisplayWidth.columns(of: row.kindText(glyphs: glyphs)))
      if row.isJoin { continue }
      blockLabel = max(blockLabel, row.labelWidth)
      briefKind = max(briefKind, DisplayWidth.columns(of: row.briefKindText(glyphs: glyphs)))
      hasFolds = hasFolds || row.fold != .leaf
      hasClosedFolds = hasClosedFolds || row.fold == .closed
    }
    for column in OutlineColumn.allCases {
      var widest = 0
      for row in rows {
        widest = max(widest, DisplayWidth.columns(of: column.text(of: row, glyphs: glyphs)))
      }
      if widest > 0 { columns[column] = max(widest, column.heading.count) }
    }
    let brief = rows.reduce(OutlineColumn.parameters.heading.count) {
      max($0, $1.parameters.map { Numbers.short($0).count } ?? 0)
    }
    if let whole = columns[.parameters], brief < whole { briefParameters = brief }
  }
}

extension OutlineRow {
  /// The rails as text.
  package func railText(glyphs: Glyphs) -> String {
    rails.map(glyphs.rail).joined()
  }

  /// The sign before the name of a join.
  package func joinText(glyphs: Glyphs) -> String {
    if case .join(let join) = part { glyphs.join(join) + " " } else { "" }
  }

  /// The columns of rails, sign and name together.
  package var labelWidth: Int {
    var width = 2 * rails.count + DisplayWidth.columns(of: name)
    if case .join = part { width += 2 }
    return width
  }

  fileprivate var isJoin: Bool { if case .join = part { true } else { false } }

  /// What the block is, after the marks of frozen ones and of checkpoints and the number of copies.
  package func kindText(glyphs: Glyphs) -> String {
    var parts = isFrozen ? [glyphs.frozen] : []
    if isCheckpointed { parts.append(glyphs.recomputed) }
    if let copies { parts.append("\(glyphs.times) \(copies)") }
    if !kind.isEmpty { parts.append(glyphs.spell(kind)) }
    return parts.joined(separator: " ")
  }

  /// The same without words that matter least, such as `bias=no`.
  package func briefKindText(glyphs: Glyphs) -> String {
    kindText(glyphs: glyphs).split(separator: " ").filter { !$0.hasPrefix("bias=") }
      .joined(separator: " ")
  }
}
