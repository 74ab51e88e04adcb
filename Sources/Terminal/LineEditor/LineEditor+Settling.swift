@preconcurrency import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Calls from outside of readline find it in a state that it defines, and so does the next key.
extension LineEditor {
  /// Bytes of a line; more is cut off.
  private static let lineLimit: Int32 = 1 << 20

  /// Repetitions of a command; more is taken for this many.
  private static let countLimit: Int32 = 999

  /// The size below which readline scrolls sideways, which does not end well; see `OneLine`.
  private static let leastWidth: Int32 = 5
  private static let leastHeight: Int32 = 2

  /// Puts right what a key has left behind.
  ///
  /// Readline forgets to end a line that was entered with a count, stores undo lists in the history
  /// that it also frees elsewhere, and stops inside of characters.
  func settle() {
    endSearchIfLeft()
    rl_numeric_arg = min(rl_numeric_arg, Self.countLimit)
    if isActive, rl_done != 0 {
      let text = line
      end(with: .line(text))
      rl_free_undo_list()
    }
    freeHistoryFromUndo()
    guard isActive else { return }
    repairText()
    repairPlaces()
  }

  /// What `settle` does that may be needed behind a plain key, which leaves whole characters.
  func settlePlain() {
    rl_numeric_arg = min(rl_numeric_arg, Self.countLimit)
    if rl_done != 0 || rl_end > Self.lineLimit { return settle() }
    repairPlaces()
  }

  private func repairPlaces() {
    rl_point = boundary(at: rl_point)
    rl_mark = boundary(at: rl_mark)
  }

  /// Leaves what waits for a further key, such as a motion or the rest of a key sequence.
  package func leaveUnfinished() { rl_callback_sigcleanup() }

  /// Has the next key begin anew, where readline waits for the rest of a key sequence.
  func leaveKeySequence() {
    if rl_readline_state & UInt(RL_STATE_MULTIKEY) != 0 { leaveUnfinished() }
  }

  /// How long an Escape waits for the key that it is Meta of: readline's `keyseq-timeout`, in milliseconds.
  var keyTimeout: Duration {
    let value = rl_variable_value("keyseq-timeout").flatMap { Int(String(cString: $0)) } ?? 0
    return value > 0 ? .milliseconds(value) : .seconds(3600)
  }

  /// Throws the line away, and all that is under way.
  func forgetLine() {
    rl_callback_sigcleanup()
    rl_free_line_state()
    rl_clear_pending_input()
    rl_replace_line("", 1)
    using_history()
    queue.clear()
    beginWalk()
    settle()
  }

  /// Takes the terminal's size over, as far as readline can draw on it.
  func takeSize() {
    var size = winsize()
    let isKnown = ioctl(STDIN_FILENO, UInt(TIOCGWINSZ), &size) == 0
    let (rows, columns) = (Int32(size.ws_row), Int32(size.ws_col))
    let most = TerminalSize.largest
    let isLarge = rows > most.rows || columns > most.columns
    let isSmall =
      (rows > 0 && rows < Self.leastHeight) || (columns > 0 && columns < Self.leastWidth)
    guard isKnown, isSmall || isLarge || row != nil else {
      return Self.whileLineIsVisible { rl_resize_terminal() }
    }
    rl_set_screen_size(
      max(Self.leastHeight, rows > 0 ? min(rows, Int32(most.rows)) : 24),
      max(Self.leastWidth, columns > 0 ? min(columns, Int32(most.columns)) : 80))
    guard isActive else { return }
    if row == nil { rl_forced_update_display() } else { redraw() }
  }

  /// Has at least the size that readline can draw on, from its start.
  func keepSize() {
    var (rows, columns): (Int32, Int32) = (0, 0)
    rl_get_screen_size(&rows, &columns)
    if rows < Self.leastHeight || columns < Self.leastWidth {
      rl_set_screen_size(max(Self.leastHeight, rows), max(Self.leastWidth, columns))
    }
  }

  /// Makes the line text without NUL, of whole characters, and not too long.
  private func repairText() {
    let bytes = bytes
    let isWhole = !bytes.contains(0) && (!queue.readsUTF8 || Self.isUTF8(bytes))
    if isWhole, rl_end <= Self.lineLimit { return }
    let point = rl_point
    var text = isWhole ? line : Self.characters(of: bytes)
    if text.utf8.count > Self.lineLimit {
      let cut = String(decoding: text.utf8.prefix(Int(Self.lineLimit)), as: UTF8.self)
      text = String(cut.prefix { $0 != "\u{FFFD}" })
      rl_ding()
    }
    rl_free_undo_list()
    rl_replace_line(text, 1)
    rl_point = min(point, rl_end)
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }

  /// The characters among bytes, without NUL and what belongs to none.
  static func characters(of bytes: some Sequence<UInt8>) -> String {
    var whole = KeyQueue(readsUTF8: true)
    whole.append(bytes.lazy.filter { $0 != 0 })
    var text: [UInt8] = []
    while let byte = whole.next() { text.append(byte) }
    return String(decoding: text, as: UTF8.self)
  }

  /// The beginning of the character at a place, within the line.
  private func boundary(at place: Int32) -> Int32 {
    let bytes = bytes
    var place = min(max(0, Int(place)), bytes.count)
    guard queue.readsUTF8 else { return Int32(place) }
    while place > 0, place < bytes.count, bytes[place] & 0xC0 == 0x80 { place -= 1 }
    return Int32(place)
  }
}
