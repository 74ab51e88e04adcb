import Sessions

/// What was measured inside a block while training.
package struct BlockFigures: Hashable, Sendable {
  /// Mean and standard deviation of what leaves the block.
  package var mean: Double?
  package var deviation: Double?

  /// The norm of the gradient of the block's parameters.
  package var gradientNorm: Double?

  /// The same of each copy, where the block is a repeat.
  package var copyNorms: [Double] = []

  /// The same of the layers on its shortcut, where it is a residual block.
  package var shortcutNorm: Double?

  /// The share of outputs that are zero for all examples of a batch.
  package var deadShare: Double?

  /// Figures, as far as they are known.
  package init(
    mean: Double? = nil, deviation: Double? = nil, gradientNorm: Double? = nil,
    deadShare: Double? = nil
  ) {
    self.mean = mean
    self.deviation = deviation
    self.gradientNorm = gradientNorm
    self.deadShare = deadShare
  }

  /// Whether any figure is infinite or no number.
  package var isBad: Bool {
    [mean, deviation, gradientNorm, shortcutNorm, deadShare].contains {
      $0.map { !$0.isFinite } ?? false
    }
  }
}

/// What the tree pane shows: rows, what is known of them now, and where the user looks.
package struct TreeState: Sendable {
  /// The rows with the columns they need, measured once when the network changes.
  package private(set) var rows: [OutlineRow]
  package private(set) var measure: OutlineMeasure
  package let glyphs: Glyphs

  /// Blocks that a bare `wrap` would take, marked at the left edge.
  package var marked: Set<OutlineRow.ID> = []

  /// Blocks that the last edit changed, shown for a moment.
  package var changed: Set<OutlineRow.ID> = []

  /// Figures of the running training, by block.
  package var figures: [OutlineRow.ID: BlockFigures] = [:] {
    didSet {
      gradientRange = TreeState.range(of: figures)
      hasGradients = figures.values.contains { $0.gradientNorm != nil }
      hasActivations = figures.values.contains { $0.mean != nil }
      hasDead = figures.values.contains { $0.deadShare != nil }
    }
  }

  /// What part of a training step's time each block takes, where it was measured.
  package var times: TimeShares?

  /// Which figures any block has.
  private(set) var hasGradients = false
  private(set) var hasActivations = false
  private(set) var hasDead = false

  /// The least and greatest gradient norm above zero, between which bars are drawn.
  private(set) var gradientRange: ClosedRange<Double>?

  /// The row the user is on, while the tree has the focus.
  package var selection: Int?

  /// The first row that is shown.
  package private(set) var top = 0

  /// A tree of rows.
  package init(_ rows: [OutlineRow] = [], glyphs: Glyphs) {
    self.rows = rows
    self.glyphs = glyphs
    measure = OutlineMeasure(rows, glyphs: glyphs)
  }

  /// Takes the rows of an edited network and stays at the same block where it is still there.
  package mutating func replaceRows(_ rows: [OutlineRow]) {
    let selected = selection.flatMap { self.rows.indices.contains($0) ? self.rows[$0] : nil }
    let first = self.rows.indices.contains(top) ? self.rows[top] : nil
    self.rows = rows
    measure = OutlineMeasure(rows, glyphs: glyphs)
    func place(_ row: OutlineRow?) -> Int? {
      guard let row else { return nil }
      return rows.firstIndex { $0.id == row.id && $0.part == row.part }
    }
    if selection != nil { selection = place(selected) ?? min(selection ?? 0, rows.count - 1) }
    if rows.isEmpty { selection = nil }
    top = place(first) ?? min(top, max(0, rows.count - 1))
  }

  /// Moves the selection, or the whole view where nothing is selected.
  package mutating func move(by rows: Int, height: Int) {
    guard let selection else { return scroll(by: rows, height: height) }
    self.selection = max(0, min(self.rows.count - 1, selection + rows))
    reveal(height: height)
  }

  /// Moves the view; the selection stays within it.
  package mutating func scroll(by rows: Int, height: Int) {
    top = max(0, min(self.rows.count - height, top + rows))
    if let selection {
      self.selection = max(top, min(top + max(1, height) - 1, selection))
    }
  }

  /// Moves the view so that the selection is in it, and rows fill it where there are enough.
  package mutating func reveal(height: Int) {
    if let selection {
      if selection < top { top = selection }
      if selection >= top + height { top = selection - height + 1 }
    }
    top = max(0, min(top, rows.count - height))
  }

  /// Blocks to bring into view with the next `settle`, whose pane's height is not known before.
  private var revealed: Set<OutlineRow.ID> = []

  /// Brings blocks into view, as after an edit.
  package mutating func revealBlocks(_ blocks: Set<OutlineRow.ID>) { revealed = blocks }

  /// Moves the view as little as shows the blocks to be revealed, the first of them at least, and fills it with
  /// rows where there are enough.
  package mutating func settle(height: Int) {
    defer { if height > 0 { top = max(0, min(top, rows.count - height)) } }
    guard !revealed.isEmpty else { return }
    let places = rows.indices.filter { revealed.contains(rows[$0].id) }
    revealed = []
    guard height > 0, let first = places.first, let last = places.last else { return }
    if last >= top + height { top = last - height + 1 }
    if first < top { top = first }
  }

  private static func range(of figures: [OutlineRow.ID: BlockFigures]) -> ClosedRange<Double>? {
    var norms: [Double] = []
    for figure in figures.values {
      norms += figure.copyNorms
      if let norm = figure.gradientNorm { norms.append(norm) }
    }
    norms.removeAll { !$0.isFinite || $0 <= 0 }
    guard let least = norms.min(), let greatest = norms.max() else { return nil }
    return least...greatest
  }
}
