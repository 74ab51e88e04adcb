@preconcurrency import CReadline
import Sessions

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// GNU readline behind its callback interface; only this folder knows it.
///
/// Readline keeps its state in global variables and calls back without a context, so there is one
/// editor, `current`, and it is used on the main thread only. It reads keys only from `queue`, never
/// installs signal handlers, and leaves the environment alone. After each key `settle` puts right what
/// readline may have left behind; `KeyFunctions` says which of its functions keys may reach.
package final class LineEditor {
  /// What the user did.
  package enum Event: Equatable {
    /// A line was entered; it may have line breaks where text was pasted.
    case line(String)

    /// Ctrl-D on an empty line, or the end of the input.
    case end
  }

  /// Answers completions for a line and a cursor in UTF-8 bytes.
  package var complete: (String, Int) -> Completion = { _, cursor in
    Completion(start: cursor, candidates: [])
  }

  /// Gives the lines that show candidates below the line being typed, ready to be written.
  package var list: ([Completion.Candidate]) -> [String] = { $0.map(\.text) }

  /// The editor that readline's callbacks reach.
  nonisolated(unsafe) static var current: LineEditor?

  /// Whether readline draws the line; if not, `display` says what to draw and `feed` takes keys.
  var drawsItself = true

  /// What stands on the row where readline cannot draw.
  var row: OneLine?

  /// Keys that readline has not read yet.
  var queue: KeyQueue

  /// The history as keys move over it.
  var walk = HistoryWalk()

  /// Whether the line is not drawn for now, and whether it should have been.
  var holdsDrawing = false
  var owesDrawing = false

  /// Keys that begin a search, and the macros of others; see `bindKeys`.
  var bindings = Bindings()

  /// Whether `display` may have changed since this was last set to false.
  package var needsDrawing = false

  /// The candidates of the last completion that readline would list.
  package internal(set) var listed: [Completion.Candidate] = []

  let output: UnsafeMutablePointer<FILE>
  private let historyPath: String?
  private var event: Event?
  var completion = Completion(start: 0, candidates: [])
  var typed = ""

  /// When a lone Escape began a key sequence.
  private var escapeTime: ContinuousClock.Instant?

  /// Whether a line is being edited and the prompt is shown.
  package private(set) var isActive = false

  /// Whether the terminal stays in readline's mode between two lines.
  private var holdsTerminal = false

  /// Entries kept in memory and in the history's file.
  private static let historyLimit: Int32 = 5000

  /// Takes readline over, for the rest of the process.
  ///
  /// - Parameters:
  ///   - descriptor: where prompt and line are drawn.
  ///   - historyPath: a file that `HistoryFile.prepare` has made.
  package init?(drawingOn descriptor: Int32, historyPath: String?) {
    let own = dup(descriptor)
    guard own >= 0, let stream = fdopen(own, "w") else { return nil }
    output = stream
    self.historyPath = historyPath
    queue = KeyQueue(readsUTF8: Surroundings.codesetIsUTF8)
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    rl_readline_name = UnsafePointer(strdup("espalier"))
    rl_outstream = stream
    rl_completer_word_break_characters = UnsafePointer(strdup(" \t\n;{}(),="))
    rl_completer_quote_characters = nil
    rl_sort_completion_matches = 0
    rl_completion_query_items = -1
    rl_attempted_completion_function = { _, start, end in
      rl_attempted_completion_over = 1
      return LineEditor.current?.matches(from: Int(start), to: Int(end))
    }
    rl_completion_display_matches_hook = { _, _, _ in LineEditor.current?.showCandidates() }
    rl_deprep_term_function = {
      if LineEditor.current?.holdsTerminal != true { rl_deprep_terminal() }
    }
    rl_getc_function = { _ in LineEditor.current?.nextByte() ?? -1 }
    rl_input_available_hook = { LineEditor.current?.queue.isEmpty == false ? 1 : 0 }
    rl_variable_bind("revert-all-at-newline", "on")
    rl_variable_bind("show-all-if-ambiguous", "on")
    rl_variable_bind("bell-style", "none")
    Self.current = self
    using_history()
    stifle_history(Self.historyLimit)
    history_comment_char = CChar(UInt8(ascii: "#"))
    history_write_timestamps = 1
    if let historyPath, Self.isFile(historyPath) {
      history_truncate_file(historyPath, Self.historyLimit)
      read_history(historyPath)
      repairHistory()
    }
  }

  /// Whether there is a file of the usual kind; what reads a pipe would wait for its writer.
  private static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  // MARK: Editing

  /// Shows a prompt and begins a line.
  ///
  /// The prompt may hold control sequences between bytes 1 and 2. From now on the terminal is
  /// readline's until `end`: keys pressed while a statement runs are kept as they are, for the line
  /// after it. Readline reads the terminal's abilities, and shows the prompt where nothing is echoed, only with its
  /// own way of drawing in place.
  package func begin(prompt: String) {
    prepareOnce()
    rl_already_prompted = 0
    holdsTerminal = drawsItself
    let drawsByReadline = drawsItself && row == nil
    if drawsByReadline { rl_redisplay_function = rl_redisplay }
    rl_callback_handler_install(prompt) { LineEditor.current?.accept($0) }
    if drawsByReadline { rl_redisplay_function = { LineEditor.current?.drawUnlessHeld() } }
    isActive = true
    if !drawsItself {
      rl_tty_set_echoing(0)
      rl_set_screen_size(24, 10_000)
      needsDrawing = true
    }
    beginWalk()
    if drawsItself, rl_end > 0 { redraw() }
  }

  /// What needs readline's tables, which it makes when it first begins a line.
  private func prepareOnce() {
    guard !bindings.areMade else { return }
    rl_initialize()
    bindKeys()
    fillKillRing()
    keepSize()
    chooseDrawing()
  }

  /// Ends editing, if a line is begun, and gives the terminal its old modes.
  package func end() {
    finishLine()
    releaseTerminal()
  }

  func finishLine() {
    guard isActive else { return }
    isActive = false
    rl_callback_handler_remove()
    rl_clear_pending_input()
  }

  private func releaseTerminal() {
    guard holdsTerminal else { return }
    holdsTerminal = false
    rl_deprep_terminal()
    fflush(output)
  }

  /// Takes whole keys; those behind an entered line wait until the next line begins.
  ///
  /// - Parameter moreFollow: whether further keys are there already, so that the line need not be drawn
  ///   in between.
  package func feed(_ bytes: [UInt8], moreFollow: Bool = false) {
    if !listed.isEmpty {
      listed = []
      needsDrawing = true
    }
    let isEscape = bytes == [0x1B]
    if let escapeTime, isEscape || escapeTime + keyTimeout < .now { leaveKeySequence() }
    let isPlain = isPlain(bytes)
    if !isPlain { drawOwed() }
    holdsDrawing = isPlain && moreFollow
    queue.append(bytes)
    readQueue(isPlain: isPlain)
    holdsDrawing = false
    escapeTime = isEscape ? .now : nil
  }

  /// Reads keys that were left behind an entered line.
  package func readQueue() { readQueue(isPlain: false) }

  private func readQueue(isPlain: Bool) {
    while isActive, !queue.isEmpty {
      rl_callback_read_char()
      isPlain ? settlePlain() : settle()
    }
  }

  /// The next byte; a function that reads on finds the end of the input behind the keys that are there.
  private func nextByte() -> Int32 {
    guard isActive, let byte = queue.next() else { return -1 }
    return Int32(byte)
  }

  /// What the user has done since the last call; afterwards no line is being edited.
  package func takeEvent() -> Event? {
    defer { event = nil }
    return event
  }

  /// The text that is being edited.
  package var line: String { String(decoding: bytes, as: UTF8.self) }

  /// Control sequences that undo what readline has switched on.
  package var restoringBytes: [UInt8] { marksPastes ? Array("\u{1B}[?2004l\r".utf8) : [] }

  /// Whether the terminal is asked to mark pasted text.
  private var marksPastes: Bool {
    rl_variable_value("enable-bracketed-paste").map { String(cString: $0) } == "on"
  }

  /// Whether the prompt shown is readline's own: of a search, or of a repeat count.
  var showsOwnPrompt: Bool {
    rl_readline_state & UInt(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_NUMERICARG) != 0
  }

  /// Replaces the prompt of the line being edited; false where readline shows one of its own.
  @discardableResult
  package func change(prompt: String) -> Bool {
    guard isActive, !showsOwnPrompt else { return false }
    rl_set_prompt(prompt)
    redraw()
    return true
  }

  /// Throws the line away, or leaves a search, and begins again below: what Ctrl-C does.
  package func discardLine(prompt: String) {
    forgetLine()
    fputs("^C", output)
    rl_crlf()
    rl_set_prompt(prompt)
    leaveRow()
    fflush(output)
    redraw()
  }

  /// Lets text be written above the line being edited, which stays as it is.
  package func writeAbove(_ write: () -> Void) {
    guard isActive else { return write() }
    clearShown()
    fflush(output)
    write()
    leaveRow()
    redraw()
  }

  /// Takes the terminal's new size over.
  package func resize() { takeSize() }

  /// Does something, such as stopping the process, while the terminal has its old modes.
  package func withTerminalReleased(_ work: () -> Void) {
    let held = holdsTerminal
    releaseTerminal()
    work()
    holdsTerminal = held
    resume()
  }

  /// Takes the terminal again, after others may have changed it, and redraws the line.
  package func resume() {
    guard holdsTerminal else { return }
    rl_deprep_terminal()
    rl_prep_terminal(1)
    guard isActive else { return }
    takeSize()
    fputs("\r", output)
    leaveRow()
    redraw()
  }

  var bytes: UnsafeBufferPointer<UInt8> {
    guard let buffer = rl_line_buffer, rl_end > 0 else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(
      start: UnsafeRawPointer(buffer).assumingMemoryBound(to: UInt8.self), count: Int(rl_end))
  }

  /// Takes the line that was entered, or nothing at the end of the input.
  private func accept(_ text: UnsafeMutablePointer<CChar>?) {
    end(with: text.map { .line(String(cString: $0)) } ?? .end)
    free(text)
    // Keys that readline still holds are read as in a line, not with waiting in between.
    rl_readline_state |= UInt(RL_STATE_CALLBACK)
  }

  /// Ends the line with what the user did.
  func end(with event: Event) {
    finishLine()
    self.event = event
    if event == .end { rl_eof_found = 0 }
    if drawsItself, event == .end || row != nil {
      rl_crlf()
      fflush(output)
    }
    leaveRow()
  }

  // MARK: History

  /// Adds a statement to the history and its file, unless it begins with a blank or is the last one.
  package func remember(_ statement: String) {
    guard let first = statement.first, !first.isWhitespace else { return }
    if let last = history_get(history_base + history_length - 1)?.pointee.line,
      String(cString: last) == statement
    {
      return
    }
    add_history(statement)
    using_history()
    if let historyPath { append_history(1, historyPath) }
  }
}
