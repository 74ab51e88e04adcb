/// What a session asks of the shell it runs in.
package protocol Console: AnyObject {
  /// Shows what a command answered, at once.
  func show(_ report: Report)

  /// Returns when the current run is over, showing its progress meanwhile; the next statement waits for it.
  func waitForRun()

  /// Shows how far a command is that takes long, in place of what was shown of it before.
  func note(_ text: String)

  /// Shows lines and waits for a key; nothing where there are no keys to wait for.
  func key(before lines: [StyledText]) -> WalkKey?

  /// Whether Ctrl-C was pressed and nobody has seen to it yet.
  var isInterruptPending: Bool { get }

  /// Whether programs read it: they want a report of each command, with its data.
  var wantsData: Bool { get }
}

extension Console {
  /// Nobody looks on.
  package func note(_ text: String) {}

  /// There is nobody to press one.
  package func key(before lines: [StyledText]) -> WalkKey? { nil }

  /// Nothing that runs out of sight hears keys.
  package var isInterruptPending: Bool { false }

  /// People read the lines.
  package var wantsData: Bool { false }
}

/// Draws a session's screen and charts as text, in whatever way the shell at hand has.
package protocol ScreenRenderer: AnyObject {
  /// Draws in other colours from now on.
  func show(in theme: Theme)

  /// The columns that a table of an answer may take.
  var columns: Int { get }

  /// The rows that an answer may take to be seen whole; nothing where there is no screen.
  var rows: Int? { get }

  /// Whether tables of blocks shall rather be cut than be wider than that, as in panes.
  var cutsTables: Bool { get }

  /// Whether colours tell apart what stands side by side in an answer.
  var hasColours: Bool { get }

  /// The screen as it is, or as it would be, a line a row.
  func screenLines() -> [String]

  /// The same as a picture in colours, the text of an SVG file.
  func screenPicture() -> String

  /// The running loss as a chart of text.
  func chartLines() -> [StyledText]
}

extension ScreenRenderer {
  package var rows: Int? { nil }
  package var cutsTables: Bool { false }

  /// Lines are bare.
  package var hasColours: Bool { false }

  /// Text alone has no colours.
  package func show(in theme: Theme) {}
}
