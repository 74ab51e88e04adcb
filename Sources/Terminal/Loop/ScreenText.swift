import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The screen and the chart as text, for shells without panes and for files.
package final class ScreenText: ScreenRenderer {
  private let session: Session
  private let printer: Printer?
  private var mirror = SessionMirror()
  private var state: ScreenState

  /// The size of a screen where there is none.
  package static let size = Size(100, 30)

  /// A screen of a session that shows none.
  ///
  /// - Parameters:
  ///   - printer: whose colours follow the session's theme.
  ///   - hasColours: whether standard output has colours.
  package init(_ session: Session, printer: Printer? = nil, hasColours: Bool = false) {
    self.session = session
    self.printer = printer
    self.hasColours = hasColours
    state = ScreenState(
      glyphs: session.glyphs, prompt: PromptLine(prompt: StyledLine(session.prompt)))
  }

  /// Whether standard output has colours.
  package let hasColours: Bool

  /// Has lines printed in other colours from now on.
  package func show(in theme: Theme) { printer?.show(in: theme) }

  /// The columns of the terminal behind standard output.
  package var columns: Int { TerminalSize(of: STDOUT_FILENO).columns }

  /// A screen of 100 columns and 30 rows, a text for each row.
  package func screenLines() -> [String] {
    let frame = frame
    return (0..<frame.height).map { frame.line($0) }
  }

  /// The same screen as a picture.
  package func screenPicture() -> String { FrameSVG.text(of: frame) }

  private var frame: Frame {
    refresh()
    return ScreenView(state, size: Self.size).frame
  }

  /// The chart as a screen of that size would show it.
  package func chartLines() -> [StyledText] {
    refresh()
    return Self.chart(state.loss, glyphs: state.glyphs)
  }

  /// A chart in lines of an answer.
  static func chart(_ chart: Chart, glyphs: Glyphs) -> [StyledText] {
    let frame = ChartView(chart, glyphs: glyphs).frame(Size(72, 16))
    return (0..<frame.height).map { StyledText(frame.line($0)) }
  }

  private func refresh() {
    mirror.update(&state, from: session, now: ContinuousClock().now)
    state.tree.changed = []
  }
}
