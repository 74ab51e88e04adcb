@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Drawing by readline, or by ours where the terminal cannot go up a row.
extension LineEditor {
  /// Chooses who draws; to be called when readline knows the terminal.
  func chooseDrawing() {
    let up = rl_get_termcap("up").map { String(cString: $0) } ?? ""
    guard drawsItself, up.isEmpty else { return }
    row = OneLine()
    rl_redisplay_function = { LineEditor.current?.drawUnlessHeld() }
  }

  /// Draws the line anew.
  func redraw() {
    owesDrawing = false
    if row == nil { Self.redisplay() } else { drawRow() }
  }

  /// Takes the line away, to write in its place.
  func clearShown() {
    guard let cleared = row?.clear() else {
      rl_clear_visible_line()
      return
    }
    fputs(cleared, output)
  }

  /// Leaves the line behind: the cursor stands at the beginning of an empty row.
  func leaveRow() {
    if row != nil { row = OneLine() }
    rl_on_new_line()
  }

  private func drawRow() {
    guard var row else { return }
    let prompt = rl_display_prompt.map { Self.withoutMarked(String(cString: $0)) } ?? ""
    let glyphs: Glyphs = queue.readsUTF8 ? .unicode : .ascii
    let (text, column) = PromptLine.visible(line, cursor: Int(rl_point), glyphs: glyphs)
    let width = TerminalSize(of: fileno(output)).columns
    fputs(row.show(prompt: prompt, text: text, column: column, width: width), output)
    fflush(output)
    self.row = row
  }

  /// A prompt without the parts between bytes 1 and 2, which take no columns.
  private static func withoutMarked(_ prompt: String) -> String {
    var isMarked = false
    return String(
      prompt.filter { character in
        if character == "\u{1}" { isMarked = true }
        defer { if character == "\u{2}" { isMarked = false } }
        return !isMarked
      })
  }
}
