/// What the contents of the panes ask of their arrangement.
package struct PaneWishes: Hashable, Sendable {
  /// How much of the body the newest answer takes.
  package enum Opening: Hashable, Sendable {
    /// Its pane, as wide as it is without a wish.
    case pane

    /// Its pane, as wide as the answer is and the tree allows.
    case wide

    /// The right half, the chart's part too, until a key.
    case column

    /// All of the body, until a key.
    case body
  }

  /// The columns in which names, kinds, shapes and parameters of the tree stand whole.
  package var tree = 0

  /// The columns of the newest answer's widest line.
  package var answer = 0
  package var opening = Opening.pane

  /// Whether there is no curve, so that the chart can do with a line.
  package var hasCurves = true

  /// Whether a lesson is gone through: its texts are as wide as the screen, and stay in view below the other panes.
  package var isInLesson = false

  /// No wishes.
  package init() {}
}
