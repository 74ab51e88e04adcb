import Sessions

/// A line of fields that gives up the least important ones where it is too narrow for all.
package struct FieldLine: Hashable, Sendable {
  /// A piece of the line that is shown whole or not at all.
  package struct Field: Hashable, Sendable {
    package var text: StyledLine

    /// Columns kept for it, so that what follows does not move while its numbers change.
    package var width: Int

    /// What stays longest; greater is more important.
    package var importance: Int

    /// The words before its text where there is room for them, and how much they matter.
    package var prefix: (text: String, importance: Int)? {
      get { prefixText.map { ($0, prefixImportance) } }
      set { (prefixText, prefixImportance) = (newValue?.text, newValue?.importance ?? 0) }
    }
    private var prefixText: String?
    private var prefixImportance = 0

    /// A text, and how much it matters.
    package init(_ text: StyledLine, width: Int = 0, importance: Int) {
      self.text = text
      self.width = width
      self.importance = importance
    }

    /// A faint label and a value beside it.
    package init(_ label: String, _ value: StyledLine, width: Int = 0, importance: Int) {
      let shown = StyledLine(label + " ", .faint) + value
      self.init(
        shown, width: DisplayWidth.columns(of: label) + 1 + width, importance: importance)
    }

    fileprivate var columns: Int { max(width, text.width) }

    fileprivate var prefixColumns: Int { prefixText.map { DisplayWidth.columns(of: $0) } ?? 0 }
  }

  package var fields: [Field]

  /// Fields that stand at the right end.
  package var trailing: [Field]

  /// Whether nothing is shown that matters less than what has no room.
  package var keepsOrder: Bool

  /// Columns between two fields.
  package static let gap = 3

  /// A line of fields.
  package init(_ fields: [Field], trailing: [Field] = [], keepsOrder: Bool = false) {
    self.fields = fields
    self.trailing = trailing
    self.keepsOrder = keepsOrder
  }

  /// Draws the fields that fit into one row.
  package func draw(_ place: Rectangle, into frame: inout Frame) {
    let all = fields + trailing
    let whole = all.indices.map { (index: $0, isPrefix: false, importance: all[$0].importance) }
    let prefixes = all.indices.compactMap { index in
      all[index].prefix.map { (index: index, isPrefix: true, importance: $0.importance) }
    }
    let order = (whole + prefixes).sorted { ($1.importance, $0.index) < ($0.importance, $1.index) }
    var shown: Set<Int> = []
    var prefixed: Set<Int> = []
    var used = 2
    for (index, isPrefix, _) in order {
      if isPrefix {
        let needed = all[index].prefixColumns
        guard shown.contains(index), used + needed <= place.width else { continue }
        used += needed
        prefixed.insert(index)
      } else {
        let needed = all[index].columns + (shown.isEmpty ? 0 : Self.gap)
        guard used + needed <= place.width || shown.isEmpty else {
          if keepsOrder { break }
          continue
        }
        used += needed
        shown.insert(index)
      }
    }
    var x = place.x + 1
    for (index, field) in fields.enumerated() where shown.contains(index) {
      if prefixed.contains(index), let prefix = field.prefix {
        x = frame.write(prefix.text, x: x, y: place.y, style: .faint, limit: place.right)
      }
      frame.write(field.text, x: x, y: place.y, limit: place.right)
      x += field.columns + Self.gap
    }
    var right = place.right - 1
    for (index, field) in trailing.enumerated().reversed()
    where shown.contains(fields.count + index) {
      right -= field.columns
      frame.write(field.text, x: right, y: place.y, limit: place.right)
      right -= Self.gap
    }
  }
}
