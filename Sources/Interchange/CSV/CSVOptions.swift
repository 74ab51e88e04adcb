import Networks

/// How a table of comma-separated values is to be read.
package struct CSVOptions: Equatable, Sendable {
  /// Which column holds what is to be learned.
  package enum Label: Equatable, Sendable {
    case first
    case last

    /// By its name in the first line, or by its place, counted from 1.
    case named(String)

    /// Nothing is to be learned.
    case absent
  }

  /// What separates columns; nothing looks at the first line for a tab, `;` or `,` in this order.
  package var separator: Character?

  /// Whether the first line names the columns; nothing looks for a word where a number should be.
  package var header: Bool?

  /// Nothing takes the last column, or the first where that alone holds classes.
  package var label: Label?

  /// The columns of numbers to be learned in place of a label, by name or place; nothing where there is a label.
  package var targets: [String]?

  /// Whether labels are numbers to be learned instead of classes.
  package var regression = false

  /// What the columns beside the label fold into, row-major; nothing leaves them as features.
  package var shape: Shape?

  /// What stands in for a missing value; nothing refuses it.
  package var fill: Float?

  /// Where values are kept.
  package var storage = RowStorage()

  /// The defaults: everything looked for, the label last.
  package init() {}
}
