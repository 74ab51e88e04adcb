@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The editor behind a full screen, which draws the line and feeds the keys.
extension LineEditor {
  /// What a screen shows of the line.
  package struct Display: Hashable, Sendable {
    /// The prompt that readline shows instead of the one given: of a search or a repeat count.
    package var prompt: String?
    package var text: String

    /// The cursor's place in UTF-8 bytes.
    package var cursor: Int
  }

  /// An editor that draws nothing and reads nothing by itself.
  package convenience init?(drawingNothing historyPath: String?) {
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard nothing >= 0 else { return nil }
    defer { close(nothing) }
    self.init(drawingOn: nothing, historyPath: historyPath)
    drawsItself = false
    rl_prep_term_function = nil
    rl_deprep_term_function = nil
    rl_redisplay_function = { LineEditor.current?.needsDrawing = true }
  }

  /// The line as it is.
  package var display: Display {
    let own = showsOwnPrompt ? rl_display_prompt.map { String(cString: $0) } : nil
    return Display(prompt: own, text: line, cursor: Int(rl_point))
  }

  /// Puts pasted text at the cursor, line breaks and all.
  package func insert(pasted bytes: [UInt8]) {
    listed = []
    let text = String(decoding: bytes, as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n").replacing("\0", with: "")
    if showsOwnPrompt {
      return feed(Array(VisibleText.of(text.replacing("\n", with: " ")).utf8))
    }
    // Neither a key that waits for another nor one that goes on with the last may take the paste.
    leaveUnfinished()
    rl_last_func = nil
    rl_begin_undo_group()
    rl_insert_text(text)
    rl_end_undo_group()
    settle()
    if drawsItself { redraw() }
    needsDrawing = true
  }

  /// Throws the line away, or leaves a search: what Ctrl-C does.
  package func clear() {
    forgetLine()
    listed = []
    needsDrawing = true
  }
}
